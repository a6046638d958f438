package io.quoin.matching;

/**
 * An open order: one that rests in the book, or a stop order that waits.
 *
 * @param order the order
 * @param market its market
 * @param account its owner
 * @param terms what it asks for, with the price that it is held to, and its quantity less what reductions took
 * @param labels by what it can be found and grouped
 * @param remainingLots what is not yet filled, in lots, positive
 * @param visibleLots what the book shows of it, in lots; 0 while it waits
 */
public record OpenOrder(
        OrderId order,
        MarketId market,
        AccountId account,
        OrderTerms terms,
        OrderLabels labels,
        long remainingLots,
        long visibleLots) {}
