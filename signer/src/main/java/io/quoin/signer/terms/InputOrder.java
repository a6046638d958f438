package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import java.util.Objects;

/**
 * An order of a {@link BatchInput}.
 *
 * @param id the order's EIP-712 digest
 * @param order what was signed, with the account that the signature recovers
 */
public record InputOrder(Bytes32 id, OrderTerms order) {
    /** Takes any order. */
    public InputOrder {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(order, "order");
    }
}
