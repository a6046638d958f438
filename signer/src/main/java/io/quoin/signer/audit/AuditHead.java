package io.quoin.signer.audit;

import io.quoin.signer.evm.Bytes32;
import java.util.Objects;

/**
 * The end of the chain so far.
 *
 * @param number the last row's place; 0 before the first
 * @param hash its hash; zero before the first
 */
public record AuditHead(long number, Bytes32 hash) {
    /** Before the first row. */
    public static final AuditHead NONE = new AuditHead(0, Bytes32.ZERO);

    /** Refuses a negative place with {@link IllegalArgumentException}. */
    public AuditHead {
        Objects.requireNonNull(hash, "hash");
        if (number < 0) {
            throw new IllegalArgumentException("audit: no row has the number " + number);
        }
    }
}
