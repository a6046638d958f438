package io.quoin.matching;

/**
 * Everything that the engine can answer. The events of one command stand in the order in which they
 * happened, and its {@link BalanceChanged} events stand last, one for each balance that it touched, in the
 * order in which it first touched them. {@link EventCodec} reads them from bytes.
 *
 * <p>Amounts are engine units of an asset (see {@link MarketSpec}), prices ticks, quantities lots, times
 * seconds since 1970-01-01T00:00:00Z.
 */
public sealed interface Event {
    /**
     * A market was opened.
     *
     * @param spec its assets, units and rules
     */
    record MarketOpened(MarketSpec spec) implements Event {}

    /**
     * A market's state was set. If that matched a crossed book, the fills follow.
     *
     * @param market the market
     * @param state what it does with orders from now on
     */
    record MarketStateChanged(MarketId market, MarketState state) implements Event {}

    /**
     * A market's reference price was set.
     *
     * @param market the market
     * @param priceTicks the price, in ticks; 0 for none
     */
    record ReferencePriceChanged(MarketId market, long priceTicks) implements Event {}

    /**
     * At what price a market in auction would match now. Said when it changes.
     *
     * @param market the market
     * @param priceTicks the price, in ticks; 0 if the book is not crossed
     * @param matchedLots how much would be matched, in lots
     * @param imbalanceLots how much more would be bought (positive) or sold (negative) at that price, in lots
     */
    record IndicativePrice(MarketId market, long priceTicks, long matchedLots, long imbalanceLots) implements Event {}

    /**
     * A crossed book is matched at one price; its fills follow.
     *
     * @param market the market
     * @param priceTicks the price of every fill, in ticks
     */
    record AuctionUncrossed(MarketId market, long priceTicks) implements Event {}

    /**
     * An order was accepted. What it fills follows, and if it comes to rest an {@link OrderRested}.
     *
     * @param order the order
     * @param market its market
     * @param account its owner
     * @param terms what it asks for, except that the price is the one that it is held to: behind the other side's best
     *     price after a slide, within all its limits for a market order
     * @param labels by what it can be found and grouped
     */
    record OrderAccepted(OrderId order, MarketId market, AccountId account, OrderTerms terms, OrderLabels labels)
            implements Event {}

    /**
     * An order was rejected; it never was in the book.
     *
     * @param order the order
     * @param account who placed it
     * @param clientOrder the owner's number for it; 0 for none
     * @param reason why
     */
    record OrderRejected(OrderId order, AccountId account, long clientOrder, RejectReason reason) implements Event {}

    /**
     * An order or an amend carried a client order id that its account used before, and changed nothing.
     *
     * @param order the id that the order would have had
     * @param account who placed it
     * @param clientOrder the owner's number
     * @param original the id of the order that had the number first
     * @param outcome what had become of that order when it arrived
     */
    record ClientOrderRepeated(
            OrderId order, AccountId account, long clientOrder, OrderId original, ClientOrderOutcome outcome)
            implements Event {}

    /**
     * Two orders were matched. The payers' amounts are now settling, until {@link Command.SettleFill},
     * {@link Command.ReturnFill} or {@link Command.ForfeitFill} ends the fill.
     *
     * @param fill the fill
     * @param market the market
     * @param maker the order that came first
     * @param taker the order that came later
     * @param makerAccount the maker's owner
     * @param takerAccount the taker's owner, another than the maker's
     * @param takerSide the side of the taker
     * @param priceTicks the price that the maker is held to, or the one price of an auction, in ticks
     * @param quantityLots the quantity, in lots
     * @param baseAmount what the seller pays, engine units of the market's base asset
     * @param quoteAmount what the buyer pays before fees, engine units of the market's quote asset
     * @param makerFee what the maker pays on top or receives less, in quote; negative for a rebate
     * @param takerFee what the taker pays on top or receives less, in quote
     * @param bond what the bonded side stands to lose, engine units of the asset that it reserved; 0 if none is bonded
     * @param makerRemainingLots what the maker still offers after this fill, hidden quantity included, in lots
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
            long makerFee,
            long takerFee,
            long bond,
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
     * An order took the last place of its level: it came to rest, or an iceberg shows its next part.
     *
     * @param order the order
     * @param market its market
     * @param side its side
     * @param priceTicks the level's price, in ticks
     * @param visibleLots what it shows, in lots
     * @param remainingLots all that remains of it, in lots
     */
    record OrderRested(OrderId order, MarketId market, Side side, long priceTicks, long visibleLots, long remainingLots)
            implements Event {}

    /**
     * A stop order's price was reached, and it matches now.
     *
     * @param order the order
     * @param market its market
     * @param priceTicks the price that it is held to, in ticks; 0 for a market order that met an empty book
     */
    record OrderTriggered(OrderId order, MarketId market, long priceTicks) implements Event {}

    /**
     * An order was reduced and keeps its place.
     *
     * @param order the order
     * @param account its owner
     * @param reducedLots what it lost, in lots
     * @param remainingLots what remains of it, in lots, positive
     * @param visibleLots what it shows of that, in lots
     */
    record OrderReduced(OrderId order, AccountId account, long reducedLots, long remainingLots, long visibleLots)
            implements Event {}

    /**
     * An order was replaced by one with a new id, which takes a new place or matches; what it fills follows.
     *
     * @param order the order that is gone
     * @param newOrder the order in its place
     * @param account their owner
     * @param priceTicks the price that the new order is held to, in ticks
     * @param quantityLots its quantity, in lots
     * @param displayLots what it shows at a time, in lots; 0 for everything
     * @param expirySeconds its expiry; 0 for none
     */
    record OrderAmended(
            OrderId order,
            OrderId newOrder,
            AccountId account,
            long priceTicks,
            long quantityLots,
            long displayLots,
            long expirySeconds)
            implements Event {}

    /**
     * An amend was rejected, and the order stands as it was.
     *
     * @param order the order that was to be amended
     * @param newOrder the id that it would have had
     * @param account who asked
     * @param clientOrder the number that the command carried; 0 for none
     * @param reason why
     */
    record AmendRejected(OrderId order, OrderId newOrder, AccountId account, long clientOrder, RejectReason reason)
            implements Event {}

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
     * A {@link Command.CancelAll} is done; its cancelled orders stand before it.
     *
     * @param count how many orders it cancelled
     */
    record AllCancelled(long count) implements Event {}

    /**
     * What a level of a book shows differs from before.
     *
     * @param market the market
     * @param side the side
     * @param priceTicks the level's price, in ticks
     * @param visibleLots what its orders show together, in lots; 0 if the level is gone
     * @param orderCount how many orders there are
     */
    record LevelChanged(MarketId market, Side side, long priceTicks, long visibleLots, int orderCount)
            implements Event {}

    /**
     * A command touched a balance.
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
     * The bonded side of a fill did not act: the other side has its amount back, and the bond.
     *
     * @param fill the fill
     */
    record FillForfeited(FillId fill) implements Event {}

    /**
     * A withdrawal moved on.
     *
     * @param withdrawal the withdrawal
     * @param account the account
     * @param asset the asset
     * @param amount engine units
     * @param state where it stands now
     * @param deadlineSeconds the last second of a block that may contain it; 0 before it is co-signed
     */
    record WithdrawalChanged(
            WithdrawalId withdrawal,
            AccountId account,
            AssetId asset,
            long amount,
            WithdrawalState state,
            long deadlineSeconds)
            implements Event {}

    /**
     * An account began or ceased to leave with an asset.
     *
     * @param account the account
     * @param asset the asset
     * @param exiting whether it is leaving now
     */
    record ExitChanged(AccountId account, AssetId asset, boolean exiting) implements Event {}

    /**
     * A command other than an order or an amend was refused, and changed nothing.
     *
     * @param reason why
     */
    record CommandRefused(RefusalReason reason) implements Event {}
}
