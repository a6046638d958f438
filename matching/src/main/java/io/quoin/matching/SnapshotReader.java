package io.quoin.matching;

import io.quoin.matching.sbe.SnapshotBalanceDecoder;
import io.quoin.matching.sbe.SnapshotBeginDecoder;
import io.quoin.matching.sbe.SnapshotClientOrderDecoder;
import io.quoin.matching.sbe.SnapshotFillDecoder;
import io.quoin.matching.sbe.SnapshotMarketDecoder;
import io.quoin.matching.sbe.SnapshotOrderDecoder;
import io.quoin.matching.sbe.SnapshotWithdrawalDecoder;

/**
 * Builds an engine's state from the messages of a snapshot.
 *
 * @param engine the engine that is being made
 * @param state its state
 */
record SnapshotReader(Engine engine, EngineState state) {
    static SnapshotReader begin(MessageFrame frame, long salt) {
        frame.needs(SnapshotBeginDecoder.BLOCK_LENGTH);
        SnapshotBeginDecoder begin =
                new SnapshotBeginDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        EngineLimits limits = new EngineLimits(
                begin.orders(),
                begin.priceChunks(),
                begin.balances(),
                begin.openFills(),
                begin.withdrawals(),
                begin.markets(),
                begin.closedClientOrders());
        EngineState state = new EngineState(limits, salt);
        state.nowSeconds(begin.nowSeconds());
        state.open.lastSequence(begin.lastSequence());
        state.fills.lastId(begin.lastFill());
        return new SnapshotReader(new Engine(state), state);
    }

    void balance(MessageFrame frame) {
        frame.needs(SnapshotBalanceDecoder.BLOCK_LENGTH);
        SnapshotBalanceDecoder it =
                new SnapshotBalanceDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        check(state.findBalance(it.account(), it.asset()) == Funds.NONE, "a balance comes twice");
        int row = state.balance(it.account(), it.asset());
        check(row != Funds.NONE, "there are more balances than may be");
        Balance balance = new Balance(
                it.available(), it.reserved(), it.settling(), it.withdrawing(), it.exitingUnits(), it.owed());
        state.funds.restore(row, balance, WireValues.flag(it.exiting()));
    }

    void market(MessageFrame frame) {
        frame.needs(SnapshotMarketDecoder.BLOCK_LENGTH);
        SnapshotMarketDecoder it =
                new SnapshotMarketDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        MarketSpec spec = spec(it);
        check(!state.markets.has(it.market()) && !state.markets.isFull(), "there is no room for the market");
        check(Markets.isSound(spec), "the market's terms make no sense");
        check(state.findBalance(it.feeAccount(), it.quoteAsset()) != Funds.NONE, "the market's fees have no balance");
        Book book = engine.marketRules().make(spec);
        book.prices().restore(it.lastTicks(), it.lowestTicks(), it.highestTicks());
        book.prices().indicated(it.indicatedTicks(), it.indicatedLots(), it.indicatedImbalance());
        engine.marketRules().add(book);
    }

    private static MarketSpec spec(SnapshotMarketDecoder it) {
        OrderBounds bounds = new OrderBounds(
                it.tickSize(),
                it.lotSize(),
                it.minimumOrderLots(),
                it.maximumOrderLots(),
                it.minimumFillLots(),
                it.maximumIcebergParts());
        return new MarketSpec(
                new MarketId(it.market()),
                new AssetId(it.baseAsset()),
                new AssetId(it.quoteAsset()),
                it.baseUnitsPerLot(),
                it.quoteUnitsPerTickLot(),
                bounds,
                new PriceBand(it.bandBasisPoints(), it.referencePriceTicks()),
                new FeeTerms(it.makerFeeBasisPoints(), it.takerFeeBasisPoints(), new AccountId(it.feeAccount())),
                new BondTerms(
                        WireValues.backing(it.buyersBacking()),
                        WireValues.backing(it.sellersBacking()),
                        it.bondBasisPoints()),
                WireValues.marketState(it.state()));
    }

    void order(MessageFrame frame) {
        frame.needs(
                hasDisconnectGroup(frame.version())
                        ? SnapshotOrderDecoder.BLOCK_LENGTH
                        : SnapshotOrderDecoder.disconnectGroupEncodingOffset());
        SnapshotOrderDecoder it =
                new SnapshotOrderDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        check(state.markets.has(it.market()), "an order's market is not there");
        Book book = state.markets.of(it.market());
        Side side = WireValues.side(it.side());
        int reserving =
                state.findBalance(it.account(), book.spec().reservedBy(side).value());
        int receiving = state.findBalance(it.account(), book.otherAsset(side == Side.BUY));
        check(reserving != Funds.NONE && receiving != Funds.NONE, "an order's balances are not there");
        check(state.orders.find(it.order()) == Orders.NONE, "an order comes twice");
        check(state.orders.size() < state.limits.orders(), "there are more orders than may be");
        check(it.remainingLots() > 0 && it.visibleLots() >= 0, "an order has no quantity");
        int order = state.open.open(it.order(), state.accounts.find(it.account()), it.sequence());
        state.orders.balances(order, reserving, receiving);
        terms(it, order, book.row(), side);
        state.open.expire(order);
        remember(it, order);
        Ladder ladder =
                Tags.waits(state.orders.tags(order)) ? book.stops(side == Side.BUY) : book.side(side == Side.BUY);
        long price = Tags.waits(state.orders.tags(order)) ? it.stopPriceTicks() : it.priceTicks();
        check(
                price > 0 && ladder.append(state.orders, state.levels, order, price) != Levels.NONE,
                "there is no room for an order's price");
    }

    private void terms(SnapshotOrderDecoder it, int order, int market, Side side) {
        Orders orders = state.orders;
        int tags = Tags.of(
                market,
                side,
                WireValues.orderType(it.orderType()),
                WireValues.timeInForce(it.timeInForce()),
                WireValues.postOnly(it.postOnly()),
                WireValues.selfTrade(it.selfTrade()));
        if (it.stopPriceTicks() != 0 || it.minimumLots() != 0) {
            tags = Tags.rare(tags);
            orders.stopPriceAndMinimum(order, it.stopPriceTicks(), it.minimumLots());
        }
        if (it.expirySeconds() != 0) {
            tags = Tags.expiring(tags);
            orders.expiry(order, it.expirySeconds());
        }
        if (it.displayLots() != 0) {
            tags = Tags.iceberg(tags);
            orders.display(order, it.displayLots());
            orders.visible(order, it.visibleLots());
        }
        int disconnectGroup = hasDisconnectGroup(it.actingVersion()) ? it.disconnectGroup() : 0;
        if (it.session() != 0 || disconnectGroup != 0 || it.slippageBasisPoints() != 0) {
            tags = Tags.labelled(tags);
            orders.labels(order, it.session(), disconnectGroup, it.slippageBasisPoints());
        }
        orders.write(order, it.priceTicks(), it.remainingLots(), it.tradeGroup(), tags);
        orders.total(order, it.totalLots());
    }

    /** Version 1 left it out of its orders: they are in no group. */
    private static boolean hasDisconnectGroup(int version) {
        return version >= SnapshotOrderDecoder.disconnectGroupSinceVersion();
    }

    private void remember(SnapshotOrderDecoder it, int order) {
        if (it.clientOrder() != 0) {
            check(isNew(it.account(), it.clientOrder()), "a client order id comes twice");
            int row = state.clientOrders.add(it.account(), it.clientOrder(), it.clientOrderOriginal(), 0);
            state.orders.clientOrder(order, row);
        }
    }

    private boolean isNew(long account, long clientOrder) {
        return state.clientOrders.find(account, clientOrder) == ClientOrders.NONE;
    }

    void fill(MessageFrame frame) {
        frame.needs(SnapshotFillDecoder.BLOCK_LENGTH);
        SnapshotFillDecoder it =
                new SnapshotFillDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        check(state.markets.has(it.market()), "a fill's market is not there");
        check(state.fills.find(it.fill()) == OpenFills.NONE, "a fill comes twice");
        Book book = state.markets.of(it.market());
        int base = book.spec().base().value();
        int quote = book.spec().quote().value();
        int fill = state.fills.add(it.fill());
        state.fills.balances(
                fill,
                Rows.pack(known(it.buyer(), base), known(it.buyer(), quote)),
                Rows.pack(known(it.seller(), base), known(it.seller(), quote)));
        state.fills.amounts(fill, it.baseAmount(), it.quoteAmount(), it.bond());
        state.fills.fees(fill, it.buyerFee(), it.sellerFee(), book.row());
    }

    void withdrawal(MessageFrame frame) {
        frame.needs(SnapshotWithdrawalDecoder.BLOCK_LENGTH);
        SnapshotWithdrawalDecoder it = new SnapshotWithdrawalDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        check(state.withdrawals.find(it.withdrawal()) == Withdrawals.NONE, "a withdrawal comes twice");
        check(!state.withdrawals.isFull(), "there are more withdrawals than may be");
        int row = state.withdrawals.add(it.withdrawal(), known(it.account(), it.asset()), it.amount());
        state.withdrawals.state(row, WireValues.withdrawalState(it.state()), it.deadlineSeconds());
    }

    void clientOrder(MessageFrame frame) {
        frame.needs(SnapshotClientOrderDecoder.BLOCK_LENGTH);
        SnapshotClientOrderDecoder it = new SnapshotClientOrderDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        check(isNew(it.account(), it.clientOrder()), "a client order id comes twice");
        int outcome = WireValues.of(WireValues.outcome(it.outcome()));
        state.clientOrders.close(state.clientOrders.add(it.account(), it.clientOrder(), it.original(), outcome));
    }

    private int known(long account, int asset) {
        int row = state.findBalance(account, asset);
        check(row != Funds.NONE, "a balance is not there");
        return row;
    }

    private static void check(boolean fits, String fault) {
        if (!fits) {
            throw new MalformedMessage("the snapshot does not hold together: " + fault);
        }
    }
}
