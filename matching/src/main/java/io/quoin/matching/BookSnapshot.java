package io.quoin.matching;

import java.util.List;

/**
 * The best levels of one market's book at one moment.
 *
 * @param market the market
 * @param bids the levels of those who buy, highest price first
 * @param asks the levels of those who sell, lowest price first
 */
public record BookSnapshot(MarketId market, List<BookLevel> bids, List<BookLevel> asks) {
    /** Keeps unmodifiable copies of the levels. */
    public BookSnapshot {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }
}
