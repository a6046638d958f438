package io.quoin.signer.journal;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Objects;

/**
 * What an ended leg gives to one payee.
 *
 * @param payee an address in its chain's canonical form, or a Bitcoin output script as hexadecimal digits
 * @param asset the asset, as CAIP-19
 * @param amount base units, from 0
 */
public record Payout(String payee, String asset, BigInteger amount) implements Comparable<Payout> {
    private static final Comparator<Payout> ORDER =
            Comparator.comparing(Payout::payee).thenComparing(Payout::asset).thenComparing(Payout::amount);

    /** Refuses a negative amount and a blank payee or asset, with {@link IllegalArgumentException}. */
    public Payout {
        Objects.requireNonNull(amount, "amount");
        if (amount.signum() < 0 || payee.isBlank() || asset.isBlank()) {
            throw new IllegalArgumentException("payout: a payee, an asset and an amount from 0 are needed, not "
                    + amount + " of '" + asset + "' to '" + payee + "'");
        }
    }

    @Override
    public int compareTo(Payout other) {
        return ORDER.compare(this, other);
    }
}
