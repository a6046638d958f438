package io.quoin.matching;

/**
 * How much an engine may hold. A command that needs more is refused with {@code ENGINE_FULL}; memory is taken as
 * it is needed, up to these limits. They are part of the engine's state, because refusals follow from them.
 *
 * @param orders open orders, stop orders that wait included
 * @param priceChunks groups of 64 neighbouring prices that have orders, over all books; about 5 KB each
 * @param balances pairs of account and asset; a pair is never forgotten
 * @param openFills fills that have not ended; the command that reaches the limit may pass it
 * @param withdrawals withdrawals that have not ended
 * @param markets markets
 * @param closedClientOrders client order ids that are remembered of orders that are not open any more
 */
public record EngineLimits(
        int orders,
        int priceChunks,
        int balances,
        int openFills,
        int withdrawals,
        int markets,
        int closedClientOrders) {
    /** Limits for a node with a heap of 1 GB: half a million open orders. */
    public static final EngineLimits DEFAULT =
            new EngineLimits(500_000, 16_384, 500_000, 500_000, 100_000, 4_096, 500_000);

    /**
     * Makes limits.
     *
     * @throws IllegalArgumentException if one is below 1 or above 2^26
     */
    public EngineLimits {
        for (int limit :
                new int[] {orders, priceChunks, balances, openFills, withdrawals, markets, closedClientOrders}) {
            if (limit < 1 || limit > 1 << 26) {
                throw new IllegalArgumentException("a limit is from 1 to 2^26, not " + limit);
            }
        }
    }
}
