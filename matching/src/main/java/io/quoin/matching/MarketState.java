package io.quoin.matching;

/** What a market does with orders. Facts (debits, exits, time) cancel orders in every state. */
public enum MarketState {
    /** Orders match as they arrive. */
    OPEN,
    /** Only post-only orders are taken; nothing matches. */
    POST_ONLY,
    /** Orders may be cancelled and reduced, no more. */
    CANCEL_ONLY,
    /** Traders can do nothing. */
    HALTED,
    /** Orders gather, also crossed, until the market opens and all match at one price. */
    AUCTION
}
