package io.quoin.matching;

/**
 * By what an order can be found and grouped, beside its id. In each, 0 stands for none.
 *
 * @param clientOrder the owner's own number for the order, unique among the owner's orders
 * @param session the session that placed it
 * @param disconnectGroup the group that is cancelled together when its session's connection is lost
 * @param tradeGroup orders of one trade group, of whatever accounts, never trade with each other
 */
public record OrderLabels(long clientOrder, long session, int disconnectGroup, int tradeGroup) {
    /** No labels. */
    public static final OrderLabels NONE = new OrderLabels(0, 0, 0, 0);
}
