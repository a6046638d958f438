package io.quoin.matching;

/**
 * What happens when an order meets another of its own account or trade group. The mode of the order that
 * arrived later decides. There is no mode that lets them trade.
 */
public enum SelfTradePrevention {
    /** What remains of the order that arrived later is cancelled. */
    CANCEL_NEWEST,
    /** What remains of the order that rested is cancelled, and the later one matches on. */
    CANCEL_OLDEST,
    /** What remains of both is cancelled. */
    CANCEL_BOTH,
    /** Both lose the smaller remaining quantity; one of which nothing remains is cancelled. */
    DECREMENT_AND_CANCEL
}
