package io.quoin.matching;

/**
 * Everything that can be asked of the engine. The engine's state follows from the commands alone, in
 * their order; {@link Engine#apply} says how each is answered.
 *
 * <p>Amounts are engine units of an asset (see {@link MarketSpec}), prices ticks, quantities lots, times
 * seconds since 1970-01-01T00:00:00Z.
 */
public sealed interface Command {
    /**
     * Opens a market. Refused with {@link RefusalReason#MARKET_EXISTS} or {@link RefusalReason#MARKET_INVALID}.
     *
     * @param spec the market's assets and units
     */
    record OpenMarket(MarketSpec spec) implements Command {}

    /**
     * Gives an account what has arrived for it from outside, for example a final deposit. Pays what the
     * account owes first.
     *
     * @param account the account
     * @param asset the asset
     * @param amount engine units, positive
     */
    record Credit(AccountId account, AssetId asset, long amount) implements Command {}

    /**
     * Takes from an account what has left it outside, for example a final withdrawal. It is a fact, so
     * it is not refused for want of balance: it takes what is available, then cancels the account's
     * orders that reserve the asset, newest first, until it is covered; the rest is owed.
     *
     * @param account the account
     * @param asset the asset
     * @param amount engine units, positive
     */
    record Debit(AccountId account, AssetId asset, long amount) implements Command {}

    /**
     * Places a limit order, good until it is filled, cancelled or expired.
     *
     * @param order the order's id, higher than every id seen before
     * @param market the market
     * @param account the owner
     * @param side whether the owner buys or sells
     * @param priceTicks the worst price the owner accepts, in ticks, positive
     * @param quantityLots the quantity, in lots, positive
     * @param postOnly whether the order is refused rather than matched on arrival
     * @param expirySeconds the last second in which the order may be matched
     * @param nowSeconds the time of this command; time before the latest that the engine has seen counts
     *     as that latest time
     */
    record PlaceOrder(
            OrderId order,
            MarketId market,
            AccountId account,
            Side side,
            long priceTicks,
            long quantityLots,
            boolean postOnly,
            long expirySeconds,
            long nowSeconds)
            implements Command {}

    /**
     * Cancels what remains of an open order. Refused with {@link RefusalReason#UNKNOWN_ORDER} (also when
     * the order is filled or was cancelled before) or {@link RefusalReason#NOT_OWNER}.
     *
     * @param order the order
     * @param account who asks, the order's owner
     */
    record CancelOrder(OrderId order, AccountId account) implements Command {}

    /**
     * Ends a fill: both legs were released, each payer's amount belongs to the other side. Refused with
     * {@link RefusalReason#UNKNOWN_FILL} when there is no such fill or it has ended.
     *
     * @param fill the fill
     */
    record SettleFill(FillId fill) implements Command {}

    /**
     * Ends a fill: nothing was locked or both legs were refunded, each payer has its amount back. Refused
     * with {@link RefusalReason#UNKNOWN_FILL} when there is no such fill or it has ended.
     *
     * @param fill the fill
     */
    record ReturnFill(FillId fill) implements Command {}

    /**
     * Cancels every open order whose expiry has passed, by expiry and then by order id.
     *
     * @param nowSeconds the time of this command; time before the latest that the engine has seen counts
     *     as that latest time
     */
    record ExpireOrders(long nowSeconds) implements Command {}
}
