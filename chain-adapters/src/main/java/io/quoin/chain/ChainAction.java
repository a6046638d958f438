package io.quoin.chain;

import io.quoin.signer.Intent;
import java.util.Objects;

/**
 * Something to be done on a chain.
 *
 * @param id names it for ever
 * @param intent what shall be done
 */
public record ChainAction(ActionId id, Intent intent) {
    /** Takes any id and intent. */
    public ChainAction {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(intent, "intent");
    }
}
