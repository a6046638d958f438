package io.quoin.matching;

/**
 * Everything that can be asked of the engine. The engine's state follows from the commands alone, in
 * their order; {@link Engine#apply} says how each is answered, and {@code specification.md} by which rules.
 * {@link CommandCodec} writes them as bytes.
 *
 * <p>Amounts are engine units of an asset (see {@link MarketSpec}), prices ticks, quantities lots, times
 * seconds since 1970-01-01T00:00:00Z.
 */
public sealed interface Command {
    /**
     * Opens a market.
     *
     * @param spec its assets, units and rules
     */
    record OpenMarket(MarketSpec spec) implements Command {}

    /**
     * Changes what a market does with orders. A market that becomes open or post-only with a crossed book
     * matches it at one price.
     *
     * @param market the market
     * @param state what it does from now on
     */
    record SetMarketState(MarketId market, MarketState state) implements Command {}

    /**
     * Changes a market's reference price, and with it the band.
     *
     * @param market the market
     * @param priceTicks the price, in ticks; 0 for none
     */
    record SetReferencePrice(MarketId market, long priceTicks) implements Command {}

    /**
     * Tells the time, and cancels every order whose expiry has passed.
     *
     * @param nowSeconds the time; time before the latest that the engine was told changes nothing
     */
    record AdvanceTime(long nowSeconds) implements Command {}

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
     * Takes from an account what has left it outside, for example a withdrawal that the engine had not been
     * asked for. It is a fact, so it is not refused for want of balance: it takes what is available, then
     * cancels the account's orders that reserve the asset, newest first, until it is covered, then takes what
     * is exiting; the rest is owed.
     *
     * @param account the account
     * @param asset the asset
     * @param amount engine units, positive
     */
    record Debit(AccountId account, AssetId asset, long amount) implements Command {}

    /**
     * Places an order.
     *
     * @param order its id, positive, not that of an open order
     * @param market the market
     * @param account the owner
     * @param terms what it asks for
     * @param labels by what it can be found and grouped
     */
    record PlaceOrder(OrderId order, MarketId market, AccountId account, OrderTerms terms, OrderLabels labels)
            implements Command {}

    /**
     * Changes an open order. Under its old id it can only be reduced, and keeps its place; anything else is a
     * new order under a new signature and id in place of the old one, with a new place (protocol R3). What is
     * not named here stays as it was.
     *
     * @param order the order
     * @param newOrder its id from now on; the old id to reduce it
     * @param account who asks, the order's owner
     * @param priceTicks the new worst price, in ticks
     * @param quantityLots the new quantity, in lots: under the old id including what is filled, under a new
     *     one what the new order asks for
     * @param displayLots the new displayed quantity of an iceberg, in lots; 0 to show everything
     * @param expirySeconds the new expiry; 0 for none
     * @param clientOrder the owner's own number for the change; 0 for none
     */
    record AmendOrder(
            OrderId order,
            OrderId newOrder,
            AccountId account,
            long priceTicks,
            long quantityLots,
            long displayLots,
            long expirySeconds,
            long clientOrder)
            implements Command {}

    /**
     * Cancels what remains of an open order.
     *
     * @param order the order
     * @param account who asks, the order's owner
     */
    record CancelOrder(OrderId order, AccountId account) implements Command {}

    /**
     * Cancels what remains of many orders.
     *
     * @param scope which orders
     */
    record CancelAll(CancelScope scope) implements Command {}

    /**
     * Ends a fill well: each payer's amount belongs to the other side, fees to the house, bonds return.
     *
     * @param fill the fill
     */
    record SettleFill(FillId fill) implements Command {}

    /**
     * Ends a fill that came to nothing: each payer has its amount back, bonds return.
     *
     * @param fill the fill
     */
    record ReturnFill(FillId fill) implements Command {}

    /**
     * Ends a fill of which the bonded side did not act: its bond belongs to the other side, which has its
     * amount back too (protocol R6).
     *
     * @param fill the fill
     */
    record ForfeitFill(FillId fill) implements Command {}

    /**
     * Sets an amount aside to be withdrawn.
     *
     * @param withdrawal the withdrawal's id, not that of an open withdrawal
     * @param account the account
     * @param asset the asset
     * @param amount engine units, positive
     */
    record RequestWithdrawal(WithdrawalId withdrawal, AccountId account, AssetId asset, long amount)
            implements Command {}

    /**
     * Tells that the operator co-signed a withdrawal.
     *
     * @param withdrawal the withdrawal
     * @param deadlineSeconds the last second of a block that may contain it
     */
    record CoSignWithdrawal(WithdrawalId withdrawal, long deadlineSeconds) implements Command {}

    /**
     * Ends a withdrawal that cannot happen any more: one that was not co-signed, or one whose deadline a
     * final block has passed (protocol R8). Its amount is the account's again.
     *
     * @param withdrawal the withdrawal
     * @param finalBlockSeconds the time of the newest final block
     */
    record ExpireWithdrawal(WithdrawalId withdrawal, long finalBlockSeconds) implements Command {}

    /**
     * Ends a withdrawal that is final on chain: its amount has left.
     *
     * @param withdrawal the withdrawal
     */
    record FinaliseWithdrawal(WithdrawalId withdrawal) implements Command {}

    /**
     * Tells that an account asked the vault to let it leave with an asset (protocol R8): cancels its orders
     * that reserve the asset and moves what is free, now and later, to exiting.
     *
     * @param account the account
     * @param asset the asset
     */
    record RequestExit(AccountId account, AssetId asset) implements Command {}

    /**
     * Tells that an exit was given up: what is exiting is available again.
     *
     * @param account the account
     * @param asset the asset
     */
    record CancelExit(AccountId account, AssetId asset) implements Command {}

    /**
     * Tells that an exit is final on chain: takes what left from what is exiting, and what that is short of is
     * owed; what is left of exiting is available again.
     *
     * @param account the account
     * @param asset the asset
     * @param amount what left, engine units, positive
     */
    record FinaliseExit(AccountId account, AssetId asset, long amount) implements Command {}
}
