package io.quoin.matching;

/**
 * An order that rests in the book.
 *
 * @param order the order
 * @param market its market
 * @param account its owner
 * @param side whether its owner buys or sells
 * @param priceTicks its limit price, in ticks
 * @param quantityLots its quantity when it was placed, in lots
 * @param remainingLots what is not yet filled, in lots, positive
 * @param expirySeconds the last second in which it may be matched, since 1970-01-01T00:00:00Z
 */
public record OpenOrder(
        OrderId order,
        MarketId market,
        AccountId account,
        Side side,
        long priceTicks,
        long quantityLots,
        long remainingLots,
        long expirySeconds) {}
