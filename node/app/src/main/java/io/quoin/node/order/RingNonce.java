package io.quoin.node.order;

import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import java.math.BigInteger;

/**
 * The kind of nonce that the vault counts over many batches: 2^39 + n, in cell {@code nonce % 256} of the account's
 * ring for a market and side, where a higher nonce ends a lower one. All orders of the node may rest in its book and
 * fill in parts, so all have this kind. Stateless.
 */
public final class RingNonce {
    /** The lowest of the kind. */
    public static final BigInteger FIRST = BigInteger.ONE.shiftLeft(39);
    /** The first above the kind. */
    public static final BigInteger END = BigInteger.ONE.shiftLeft(40);
    /** How many cells a ring has. */
    public static final int CELLS = 256;

    private RingNonce() {}

    /** Refuses a nonce of another kind. */
    static void require(BigInteger nonce) {
        if (nonce.compareTo(FIRST) < 0 || nonce.compareTo(END) >= 0) {
            throw new RefusedException(
                    RefusalCode.WRONG_NONCE_KIND,
                    "nonce " + nonce + " is not of the kind that fills over many batches, and this order may rest;"
                            + " sign one from 2^39 = " + FIRST + " to 2^40-1");
        }
    }

    /** Returns the cell of a nonce. */
    public static int cell(BigInteger nonce) {
        return nonce.intValue() & (CELLS - 1);
    }
}
