package io.quoin.matching;

/**
 * Everything that the engine can answer. The events of one command stand in the order in which they
 * happened, and its {@link BalanceChanged} events stand last, one for each balance that differs from
 * before, by account and then by asset.
 *
 * <p>Amounts are engine units of an asset (see {@link MarketSpec}), prices ticks, quantities lots.
 */
public sealed interface Event {
    /**
     * A market was opened.
     *
     * @param spec the market's assets and units
     */
    record MarketOpened(MarketSpec spec) implements Event {}

    /**
     * An order was accepted. Its fills, if any, follow in the same answer.
     *
     * @param order the order
     * @param account its owner
     * @param market its market
     * @param side whether its owner buys or sells
     * @param priceTicks its limit price, in ticks
     * @param quantityLots its quantity, in lots
     * @param restingLots what rests in the book once the command is done, in lots; 0 if the order was
     *     filled at once or what was left of it was cancelled
     * @param expirySeconds the last second in which it may be matched
     */
    record OrderAccepted(
            OrderId order,
            AccountId account,
            MarketId market,
            Side side,
            long priceTicks,
            long quantityLots,
            long restingLots,
            long expirySeconds)
            implements Event {}

    /**
     * An order was rejected; it never was in the book.
     *
     * @param order the order
     * @param reason why
     */
    record OrderRejected(OrderId order, RejectReason reason) implements Event {}

    /**
     * Two orders were matched, at the maker's price. The payers' amounts are now settling, until
     * {@link Command.SettleFill} or {@link Command.ReturnFill} ends the fill.
     *
     * @param fill the fill
     * @param market the market
     * @param maker the order that rested in the book
     * @param taker the order that arrived
     * @param makerAccount the maker's owner
     * @param takerAccount the taker's owner, another than the maker's
     * @param takerSide the side of the taker
     * @param priceTicks the maker's limit price, in ticks
     * @param quantityLots the quantity, in lots
     * @param baseAmount what the seller pays, engine units of the market's base asset
     * @param quoteAmount what the buyer pays, engine units of the market's quote asset
     * @param makerRemainingLots what the maker still offers after this fill, in lots
     * @param takerRemainingLots what the taker still wants after this fill, in lots
     */
    record Filled(
            FillId fill,
            MarketId market,
            OrderId maker,
            OrderId taker,
            AccountId makerAccount,
            AccountId takerAccount,
            Side takerSide,
            long priceTicks,
            long quantityLots,
            long baseAmount,
            long quoteAmount,
            long makerRemainingLots,
            long takerRemainingLots)
            implements Event {
        /** Returns the account that pays the quote asset and receives the base asset. */
        public AccountId buyer() {
            return takerSide == Side.BUY ? takerAccount : makerAccount;
        }

        /** Returns the account that pays the base asset and receives the quote asset. */
        public AccountId seller() {
            return takerSide == Side.SELL ? takerAccount : makerAccount;
        }
    }

    /**
     * What remained of an order was cancelled, and its reserve returned.
     *
     * @param order the order
     * @param account its owner
     * @param reason why
     * @param remainingLots what was cancelled, in lots, positive
     */
    record OrderCancelled(OrderId order, AccountId account, CancelReason reason, long remainingLots) implements Event {}

    /**
     * A balance differs from what it was before the command.
     *
     * @param account the account
     * @param asset the asset
     * @param after the balance once the command is done
     */
    record BalanceChanged(AccountId account, AssetId asset, Balance after) implements Event {}

    /**
     * A fill ended well: each side has what the other paid.
     *
     * @param fill the fill
     */
    record FillSettled(FillId fill) implements Event {}

    /**
     * A fill came to nothing: each side has back what it paid.
     *
     * @param fill the fill
     */
    record FillReturned(FillId fill) implements Event {}

    /**
     * A command other than an order was refused, and changed nothing.
     *
     * @param reason why
     */
    record CommandRefused(RefusalReason reason) implements Event {}
}
