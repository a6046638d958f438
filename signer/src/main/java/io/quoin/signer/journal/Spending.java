package io.quoin.signer.journal;

import java.math.BigInteger;
import java.util.Objects;

/**
 * Value that a payload moves, as the sliding windows count it.
 *
 * @param asset the asset, as CAIP-19
 * @param amount base units, above 0
 */
public record Spending(String asset, BigInteger amount) {
    /** Refuses a blank asset and an amount that is not above zero, with {@link IllegalArgumentException}. */
    public Spending {
        Objects.requireNonNull(amount, "amount");
        if (asset.isBlank() || asset.indexOf(' ') >= 0 || amount.signum() <= 0) {
            throw new IllegalArgumentException(
                    "spending: an asset without blanks and an amount above 0 are needed, not " + amount + " of '"
                            + asset + "'");
        }
    }
}
