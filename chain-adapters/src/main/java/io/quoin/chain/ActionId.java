package io.quoin.chain;

import io.quoin.signer.evm.Bytes32;
import java.util.Objects;

/**
 * Names one action for ever; made by the caller from what the action is for, so that asking twice is asking once.
 *
 * @param value the id
 */
public record ActionId(Bytes32 value) {
    /** Takes any word. */
    public ActionId {
        Objects.requireNonNull(value, "value");
    }

    /** The id in hexadecimal. */
    @Override
    public String toString() {
        return value.hex();
    }
}
