package io.quoin.signer.terms;

import java.math.BigInteger;

/**
 * The two kinds of order nonces that the vault knows. An order of the first kind fills in one batch only, and costs the
 * vault no storage of its own; one of the second fills over many batches. Stateless.
 */
public final class OrderNonce {
    /** The highest nonce of the one-batch kind. */
    public static final long ONE_BATCH_MAX = (1L << 32) - 1;

    /** The highest number of the many-batch kind. */
    public static final long MANY_BATCHES_MAX = (1L << 39) - 1;

    /** How many nonces of the one-batch kind, the highest used and those below it, may still be used. */
    public static final int ONE_BATCH_WINDOW = 27;

    /** How many orders of the many-batch kind an account may have open on one side of a market. */
    public static final int MANY_BATCHES_CELLS = 256;

    private static final BigInteger MANY_BATCHES = BigInteger.ONE.shiftLeft(39);
    private static final int NONCE_BITS = 40;

    private OrderNonce() {}

    /** The nonce {@code number}, from 0 to {@link #ONE_BATCH_MAX}; {@link IllegalArgumentException} for another. */
    public static BigInteger oneBatch(long number) {
        return checked(number, ONE_BATCH_MAX);
    }

    /** 2^39 + {@code number}, from 0 to {@link #MANY_BATCHES_MAX}; {@link IllegalArgumentException} for another. */
    public static BigInteger manyBatches(long number) {
        return checked(number, MANY_BATCHES_MAX).add(MANY_BATCHES);
    }

    /** Whether an order with that nonce fills in one batch only. */
    public static boolean isOneBatch(BigInteger nonce) {
        return nonce.signum() >= 0 && nonce.bitLength() <= 32;
    }

    /** Whether an order with that nonce may fill over many batches. */
    public static boolean isManyBatches(BigInteger nonce) {
        return nonce.signum() > 0 && nonce.bitLength() == NONCE_BITS;
    }

    /** Where the vault keeps an order of the many-batch kind: a higher nonce of the same cell ends a lower one. */
    public static int cell(BigInteger nonce) {
        return nonce.intValue() & (MANY_BATCHES_CELLS - 1);
    }

    private static BigInteger checked(long number, long max) {
        if (number < 0 || number > max) {
            throw new IllegalArgumentException("order nonce: " + number + " is not from 0 to " + max);
        }
        return BigInteger.valueOf(number);
    }
}
