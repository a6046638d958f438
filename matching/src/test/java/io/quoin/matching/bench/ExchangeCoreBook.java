package io.quoin.matching.bench;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import java.util.Map;

/**
 * exchange-core 0.5.3's fast book, driven as its own performance test drives it: one command object, filled anew and
 * given to {@code IOrderBook.processCommand}; the events hang on it in a chain. Its pools are as large as its engine
 * makes them. A futures contract, for which a move needs no check against the reserved price.
 */
final class ExchangeCoreBook implements StreamBook {
    private static final int K = 1_024;
    private static final Map<Integer, Integer> POOLS = Map.of(
            ObjectsPool.DIRECT_ORDER, K * K,
            ObjectsPool.DIRECT_BUCKET, 64 * K,
            ObjectsPool.ART_NODE_4, 32 * K,
            ObjectsPool.ART_NODE_16, 16 * K,
            ObjectsPool.ART_NODE_48, 8 * K,
            ObjectsPool.ART_NODE_256, 4 * K);

    private final OrderCommand command = new OrderCommand();
    private final IOrderBook book;
    private final Checksum checksum;

    ExchangeCoreBook(Checksum checksum) {
        this.checksum = checksum;
        CoreSymbolSpecification symbol = CoreSymbolSpecification.builder()
                .symbolId(1)
                .type(SymbolType.FUTURES_CONTRACT)
                .baseCurrency(1)
                .quoteCurrency(2)
                .baseScaleK(1)
                .quoteScaleK(1)
                .build();
        book = new OrderBookDirectImpl(
                symbol,
                new ObjectsPool(POOLS),
                OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
                LoggingConfiguration.DEFAULT);
    }

    @Override
    public void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate) {
        command.command = OrderCommandType.PLACE_ORDER;
        command.orderType = immediate ? OrderType.IOC : OrderType.GTC;
        command.action = buy ? OrderAction.BID : OrderAction.ASK;
        command.price = price;
        command.reserveBidPrice = price;
        command.size = quantity;
        process(id, owner);
        long expired = trades(id);
        if (expired > 0) {
            checksum.expired(id, expired);
        }
    }

    @Override
    public void cancel(long id, int owner) {
        command.command = OrderCommandType.CANCEL_ORDER;
        if (process(id, owner)) {
            checksum.cancelled(id, command.matcherEvent.size);
        }
    }

    @Override
    public void move(long id, int owner, boolean buy, long price) {
        command.command = OrderCommandType.MOVE_ORDER;
        command.price = price;
        if (process(id, owner)) {
            trades(id);
        }
    }

    @Override
    public void reduce(long id, int owner, long remaining, long by) {
        command.command = OrderCommandType.REDUCE_ORDER;
        command.size = by;
        if (process(id, owner)) {
            checksum.reduced(id, command.matcherEvent.size);
        }
    }

    private boolean process(long id, int owner) {
        command.orderId = id;
        command.uid = owner;
        command.matcherEvent = null;
        command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
        if (IOrderBook.processCommand(book, command) == CommandResultCode.SUCCESS) {
            return true;
        }
        checksum.rejected(id);
        return false;
    }

    /** Tells the trades of the chain and returns what expired, which the chain has at its head. */
    private long trades(long taker) {
        long expired = 0;
        for (MatcherTradeEvent event = command.matcherEvent; event != null; event = event.nextEvent) {
            if (event.eventType == MatcherEventType.TRADE) {
                checksum.trade(taker, event.matchedOrderId, event.price, event.size);
            } else {
                expired = event.size;
            }
        }
        return expired;
    }
}
