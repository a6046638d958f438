package io.quoin.matching;

/**
 * How much an engine may hold. A command that needs more is refused with {@code ENGINE_FULL}; memory is taken as
 * it is needed, up to these limits, and not given back. They are part of the engine's state, because refusals follow
 * from them. Each is from 1 to 2^26, markets to 2^16; and orders, balances and 64 for each price chunk are together at
 * most 2^27, since they share one array.
 *
 * @param orders open orders, stop orders that wait included; 80 bytes each, or 160 once the engine had some that expire,
 *     show a part only, or have labels, a minimum or a stop price
 * @param priceChunks groups of 64 neighbouring prices that have orders, over all books; 5 KB each, or 10 KB likewise
 * @param balances pairs of account and asset; a pair is never forgotten
 * @param openFills fills that have not ended; no order is matched further than to this
 * @param withdrawals withdrawals that have not ended
 * @param markets markets
 * @param closedClientOrders client order ids that are remembered of orders that are not open any more; an account has
 *     an eighth of them at most
 */
public record EngineLimits(
        int orders,
        int priceChunks,
        int balances,
        int openFills,
        int withdrawals,
        int markets,
        int closedClientOrders) {
    /** Limits for a node with a heap of 1 GB. Filled to all of them, an engine takes about 650 MB. */
    public static final EngineLimits DEFAULT =
            new EngineLimits(500_000, 16_384, 500_000, 500_000, 100_000, 4_096, 500_000);

    private static final int MOST_MARKETS = 1 << 16; // what an order's tags have room for
    private static final long MOST_ROWS = 1L << 27;

    /**
     * Makes limits.
     *
     * @throws IllegalArgumentException if one is out of its range, or if orders, balances and price chunks do not fit
     *     together
     */
    public EngineLimits {
        for (int limit :
                new int[] {orders, priceChunks, balances, openFills, withdrawals, markets, closedClientOrders}) {
            if (limit < 1 || limit > 1 << 26) {
                throw new IllegalArgumentException("a limit is from 1 to 2^26, not " + limit);
            }
        }
        if (markets > MOST_MARKETS) {
            throw new IllegalArgumentException("markets are at most 2^16, not " + markets);
        }
        long rows = orders + (long) balances + ((long) priceChunks << Levels.CHUNK_BITS);
        if (rows > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "orders, balances and 64 for each price chunk are together at most 2^27, not " + rows);
        }
    }

    /** How many rows the array that orders, accounts and price levels share may come to have. */
    int rows() {
        return orders + balances + ((priceChunks + 1) << Levels.CHUNK_BITS);
    }
}
