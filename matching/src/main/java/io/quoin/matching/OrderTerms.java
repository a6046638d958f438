package io.quoin.matching;

/**
 * What an order asks for. {@code specification.md}, section Orders, says which terms go together.
 *
 * @param side whether the owner buys or sells
 * @param type what makes the order match
 * @param timeInForce what becomes of what is not filled at once
 * @param priceTicks the worst price that the owner accepts, in ticks; 0 for none, which only a market or stop
 *     order may have
 * @param quantityLots the quantity, in lots
 * @param displayLots what an iceberg shows at a time, in lots; 0 to show everything
 * @param minimumLots what must be filled at once on arrival, in lots; 0 for nothing
 * @param stopPriceTicks the last trade price that triggers a stop order, in ticks; 0 for other types
 * @param slippageBasisPoints how far from the best price a market or stop order may trade, in 1/10,000 of that
 *     price; 0 for no such limit
 * @param postOnly whether the order may be taker
 * @param selfTrade what happens when the order meets one of its own account or trade group
 * @param expirySeconds the last second in which the order may be matched; 0 for none
 */
public record OrderTerms(
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        long priceTicks,
        long quantityLots,
        long displayLots,
        long minimumLots,
        long stopPriceTicks,
        int slippageBasisPoints,
        PostOnly postOnly,
        SelfTradePrevention selfTrade,
        long expirySeconds) {
    private OrderTerms(Side side, OrderType type, TimeInForce timeInForce, long priceTicks, long quantityLots) {
        this(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                0,
                0,
                0,
                0,
                PostOnly.NO,
                SelfTradePrevention.CANCEL_NEWEST,
                0);
    }

    /** Returns a limit order, good till cancelled. */
    public static OrderTerms limit(Side side, long priceTicks, long quantityLots) {
        return new OrderTerms(side, OrderType.LIMIT, TimeInForce.GTC, priceTicks, quantityLots);
    }

    /** Returns a market order without worst price and slippage limit. */
    public static OrderTerms market(Side side, long quantityLots) {
        return new OrderTerms(side, OrderType.MARKET, TimeInForce.IOC, 0, quantityLots);
    }

    /** Returns a stop order; one that buys needs a worst price too. */
    public static OrderTerms stop(Side side, long stopPriceTicks, long quantityLots) {
        return new OrderTerms(side, OrderType.STOP, TimeInForce.IOC, 0, quantityLots).stopPrice(stopPriceTicks);
    }

    /** Returns a stop-limit order, good till cancelled. */
    public static OrderTerms stopLimit(Side side, long stopPriceTicks, long priceTicks, long quantityLots) {
        return new OrderTerms(side, OrderType.STOP_LIMIT, TimeInForce.GTC, priceTicks, quantityLots)
                .stopPrice(stopPriceTicks);
    }

    /** Returns these terms with another time in force. */
    public OrderTerms timeInForce(TimeInForce other) {
        return new OrderTerms(
                side,
                type,
                other,
                priceTicks,
                quantityLots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms with another worst price, in ticks. */
    public OrderTerms price(long ticks) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                ticks,
                quantityLots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms with another quantity, in lots. */
    public OrderTerms quantity(long lots) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                lots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms as an iceberg that shows so much at a time, in lots. */
    public OrderTerms display(long lots) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                lots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms with another quantity that must be filled at once, in lots. */
    public OrderTerms minimum(long lots) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                displayLots,
                lots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms with another slippage limit, in 1/10,000 of the best price. */
    public OrderTerms slippage(int basisPoints) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                basisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms with another answer to being taker. */
    public OrderTerms postOnly(PostOnly other) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                other,
                selfTrade,
                expirySeconds);
    }

    /** Returns these terms with another answer to meeting an order of one's own. */
    public OrderTerms selfTrade(SelfTradePrevention other) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                other,
                expirySeconds);
    }

    /** Returns these terms with an expiry, and good till date if they were good till cancelled. */
    public OrderTerms until(long seconds) {
        TimeInForce until = timeInForce == TimeInForce.GTC ? TimeInForce.GTD : timeInForce;
        return new OrderTerms(
                side,
                type,
                until,
                priceTicks,
                quantityLots,
                displayLots,
                minimumLots,
                stopPriceTicks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                seconds);
    }

    private OrderTerms stopPrice(long ticks) {
        return new OrderTerms(
                side,
                type,
                timeInForce,
                priceTicks,
                quantityLots,
                displayLots,
                minimumLots,
                ticks,
                slippageBasisPoints,
                postOnly,
                selfTrade,
                expirySeconds);
    }
}
