package io.quoin.matching;

/**
 * What one account has of one asset, in engine units (see {@link MarketSpec}). No part is ever negative.
 *
 * @param available free to reserve for an order
 * @param reserved held by open orders
 * @param settling paid into fills that have not ended
 * @param withdrawing set aside for withdrawals that have not ended
 * @param exiting on its way out, with an exit that was requested
 * @param owed what debits took beyond what was there; as long as it is positive, nothing is available,
 *     reserved or exiting
 */
public record Balance(long available, long reserved, long settling, long withdrawing, long exiting, long owed) {
    /** The balance of an account that never had anything of the asset. */
    public static final Balance ZERO = new Balance(0, 0, 0, 0, 0, 0);

    /**
     * Makes a balance.
     *
     * @throws IllegalArgumentException if a part is negative
     */
    public Balance {
        if ((available | reserved | settling | withdrawing | exiting | owed) < 0) {
            throw new IllegalArgumentException("a balance has no negative part: available " + available + ", reserved "
                    + reserved + ", settling " + settling + ", withdrawing " + withdrawing + ", exiting " + exiting
                    + ", owed " + owed);
        }
    }
}
