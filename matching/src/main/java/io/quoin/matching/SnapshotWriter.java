package io.quoin.matching;

import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.SnapshotBalanceEncoder;
import io.quoin.matching.sbe.SnapshotBeginEncoder;
import io.quoin.matching.sbe.SnapshotClientOrderEncoder;
import io.quoin.matching.sbe.SnapshotEndEncoder;
import io.quoin.matching.sbe.SnapshotFillEncoder;
import io.quoin.matching.sbe.SnapshotMarketEncoder;
import io.quoin.matching.sbe.SnapshotOrderEncoder;
import io.quoin.matching.sbe.SnapshotWithdrawalEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes an engine's whole state as messages, always in the same order, so that equal states give equal bytes. Row
 * numbers do not appear: they differ between engines that have the same state.
 */
final class SnapshotWriter {
    private static final int LONGEST = 512;

    private final EngineState state;
    private final Orders orders;
    private final MessageSink sink;
    private final StateHash hash = new StateHash();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SnapshotMarketEncoder marketEncoder = new SnapshotMarketEncoder();
    private final SnapshotBalanceEncoder balanceEncoder = new SnapshotBalanceEncoder();
    private final SnapshotOrderEncoder orderEncoder = new SnapshotOrderEncoder();
    private final SnapshotFillEncoder fillEncoder = new SnapshotFillEncoder();
    private final SnapshotWithdrawalEncoder withdrawalEncoder = new SnapshotWithdrawalEncoder();
    private final SnapshotClientOrderEncoder clientOrderEncoder = new SnapshotClientOrderEncoder();

    SnapshotWriter(EngineState state, MessageSink sink) {
        this.state = state;
        this.orders = state.orders;
        this.sink = sink;
    }

    /** Writes everything, and returns the hash that stands at its end. */
    long write() {
        begin();
        for (int row = 0; row < state.funds.size(); row++) {
            balance(row);
        }
        for (int row = 0; row < state.markets.size(); row++) {
            market(state.markets.at(row));
        }
        for (int row = 0; row < state.markets.size(); row++) {
            ordersOf(state.markets.at(row));
        }
        for (long id : state.fills.ids()) {
            fill(state.fills.find(id));
        }
        for (long id : state.withdrawals.ids()) {
            withdrawal(state.withdrawals.find(id));
        }
        ClientOrders clients = state.clientOrders;
        for (int row = clients.oldestClosed(); row != ClientOrders.NONE; row = clients.next(row)) {
            clientOrder(row);
        }
        end();
        return hash.value();
    }

    private void begin() {
        EngineLimits limits = state.limits;
        SnapshotBeginEncoder begin = new SnapshotBeginEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin.nowSeconds(state.nowSeconds())
                .lastSequence(state.open.lastSequence())
                .lastFill(state.fills.lastId())
                .orders(limits.orders())
                .priceChunks(limits.priceChunks())
                .balances(limits.balances())
                .openFills(limits.openFills())
                .withdrawals(limits.withdrawals())
                .markets(limits.markets())
                .closedClientOrders(limits.closedClientOrders());
        emit(SnapshotBeginEncoder.BLOCK_LENGTH);
    }

    private void market(Book book) {
        MarketSpec spec = book.spec();
        OrderBounds bounds = spec.bounds();
        marketEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .baseUnitsPerLot(spec.baseUnitsPerLot())
                .quoteUnitsPerTickLot(spec.quoteUnitsPerTickLot())
                .tickSize(bounds.tickSize())
                .lotSize(bounds.lotSize())
                .minimumOrderLots(bounds.minimumOrderLots())
                .maximumOrderLots(bounds.maximumOrderLots())
                .minimumFillLots(bounds.minimumFillLots())
                .referencePriceTicks(book.prices().reference())
                .feeAccount(spec.fees().account().value())
                .lastTicks(book.prices().last())
                .lowestTicks(book.prices().lowestTrade())
                .highestTicks(book.prices().highestTrade())
                .indicatedTicks(book.prices().indicatedPrice())
                .indicatedLots(book.prices().indicatedLots())
                .indicatedImbalance(book.prices().indicatedImbalance());
        marketEncoder
                .market(spec.id().value())
                .baseAsset(spec.base().value())
                .quoteAsset(spec.quote().value())
                .maximumIcebergParts(bounds.maximumIcebergParts())
                .bandBasisPoints(spec.band().basisPoints())
                .makerFeeBasisPoints(spec.fees().makerBasisPoints())
                .takerFeeBasisPoints(spec.fees().takerBasisPoints())
                .bondBasisPoints(spec.bonds().basisPoints())
                .buyersBacking(WireValues.of(spec.bonds().buyers()))
                .sellersBacking(WireValues.of(spec.bonds().sellers()))
                .state(WireValues.of(book.state()));
        emit(SnapshotMarketEncoder.BLOCK_LENGTH);
    }

    private void balance(int row) {
        Funds funds = state.funds;
        balanceEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .account(state.accounts.id(funds.account(row)))
                .available(funds.available(row))
                .reserved(funds.reserved(row))
                .settling(funds.settling(row))
                .withdrawing(funds.withdrawing(row))
                .exitingUnits(funds.exiting(row))
                .owed(funds.owed(row))
                .asset(funds.asset(row))
                .exiting(WireValues.of(funds.isExiting(row)));
        emit(SnapshotBalanceEncoder.BLOCK_LENGTH);
    }

    private void ordersOf(Book book) {
        ordersOf(book, book.side(true));
        ordersOf(book, book.side(false));
        ordersOf(book, book.stops(true));
        ordersOf(book, book.stops(false));
    }

    private void ordersOf(Book book, Ladder ladder) {
        for (boolean more = ladder.walk(); more; more = ladder.walkOn(state.levels)) {
            int order = state.orders.behind(ladder.walkedLevel());
            for (; order != ladder.walkedLevel(); order = orders.behind(order)) {
                order(order, book.spec().id().value());
            }
        }
    }

    private void order(int order, int market) {
        int tags = orders.tags(order);
        int memory = orders.clientOrder(order);
        boolean remembered = memory != Orders.NONE;
        orderEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .order(orders.id(order))
                .account(state.accounts.id(orders.account(order)))
                .priceTicks(orders.price(order))
                .totalLots(orders.total(order))
                .remainingLots(orders.remaining(order))
                .visibleLots(orders.visible(order))
                .displayLots(orders.display(order))
                .minimumLots(orders.minimum(order))
                .stopPriceTicks(orders.stopPrice(order))
                .expirySeconds(orders.expiry(order))
                .sequence(orders.sequence(order))
                .clientOrder(remembered ? state.clientOrders.clientOrder(memory) : 0)
                .clientOrderOriginal(remembered ? state.clientOrders.order(memory) : 0)
                .session(orders.session(order));
        orderEncoder
                .market(market)
                .slippageBasisPoints(orders.slippage(order))
                .tradeGroup(orders.tradeGroup(order))
                .side(WireValues.of(Tags.side(tags)))
                .orderType(WireValues.of(Tags.type(tags)))
                .timeInForce(WireValues.of(Tags.timeInForce(tags)))
                .postOnly(WireValues.of(Tags.postOnly(tags)))
                .selfTrade(WireValues.of(Tags.selfTrade(tags)))
                .disconnectGroup(orders.disconnectGroup(order));
        emit(SnapshotOrderEncoder.BLOCK_LENGTH);
    }

    private void fill(int fill) {
        OpenFills fills = state.fills;
        Funds funds = state.funds;
        fillEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .fill(fills.id(fill))
                .buyer(state.accounts.id(funds.account(fills.buyerBase(fill))))
                .seller(state.accounts.id(funds.account(fills.sellerBase(fill))))
                .baseAmount(fills.base(fill))
                .quoteAmount(fills.quote(fill))
                .buyerFee(fills.buyerFee(fill))
                .sellerFee(fills.sellerFee(fill))
                .bond(fills.bond(fill))
                .market(state.markets.at(fills.market(fill)).spec().id().value());
        emit(SnapshotFillEncoder.BLOCK_LENGTH);
    }

    private void withdrawal(int row) {
        Withdrawals withdrawals = state.withdrawals;
        int balance = withdrawals.balance(row);
        withdrawalEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .withdrawal(withdrawals.id(row))
                .account(state.accounts.id(state.funds.account(balance)))
                .amount(withdrawals.amount(row))
                .deadlineSeconds(withdrawals.deadline(row))
                .asset(state.funds.asset(balance))
                .state(WireValues.of(withdrawals.state(row)));
        emit(SnapshotWithdrawalEncoder.BLOCK_LENGTH);
    }

    private void clientOrder(int row) {
        ClientOrders clients = state.clientOrders;
        clientOrderEncoder
                .wrapAndApplyHeader(buffer, 0, header)
                .account(clients.account(row))
                .clientOrder(clients.clientOrder(row))
                .original(clients.order(row))
                .outcome((short) clients.outcome(row));
        emit(SnapshotClientOrderEncoder.BLOCK_LENGTH);
    }

    private void end() {
        new SnapshotEndEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .messages(hash.messages())
                .stateHash(hash.value());
        sink.accept(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + SnapshotEndEncoder.BLOCK_LENGTH);
    }

    private void emit(int blockLength) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        hash.accept(buffer, 0, length);
        sink.accept(buffer, 0, length);
    }
}
