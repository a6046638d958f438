package io.quoin.matching;

import io.quoin.matching.sbe.AllCancelledEncoder;
import io.quoin.matching.sbe.AmendRejectedEncoder;
import io.quoin.matching.sbe.AuctionUncrossedEncoder;
import io.quoin.matching.sbe.BalanceChangedEncoder;
import io.quoin.matching.sbe.ClientOrderRepeatedEncoder;
import io.quoin.matching.sbe.CommandRefusedEncoder;
import io.quoin.matching.sbe.ExitChangedEncoder;
import io.quoin.matching.sbe.FillForfeitedEncoder;
import io.quoin.matching.sbe.FillReturnedEncoder;
import io.quoin.matching.sbe.FillSettledEncoder;
import io.quoin.matching.sbe.FilledEncoder;
import io.quoin.matching.sbe.IndicativePriceEncoder;
import io.quoin.matching.sbe.LevelChangedEncoder;
import io.quoin.matching.sbe.MarketStateChangedEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.OrderAcceptedEncoder;
import io.quoin.matching.sbe.OrderAmendedEncoder;
import io.quoin.matching.sbe.OrderCancelledEncoder;
import io.quoin.matching.sbe.OrderReducedEncoder;
import io.quoin.matching.sbe.OrderRejectedEncoder;
import io.quoin.matching.sbe.OrderRestedEncoder;
import io.quoin.matching.sbe.OrderTriggeredEncoder;
import io.quoin.matching.sbe.ReferencePriceChangedEncoder;
import io.quoin.matching.sbe.WithdrawalChangedEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The events of one command as SBE messages, one behind the other, in memory that is used again and again. */
final class EventWriter {
    private static final int SMALLEST = 1 << 16;
    private static final int LONGEST = 256;
    /** Schema and version in their places of a header, which has four numbers of 16 bits. */
    private static final long SCHEMA = ((long) MessageHeaderEncoder.SCHEMA_VERSION << 48)
            | ((long) MessageHeaderEncoder.SCHEMA_ID << Integer.SIZE);


    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SMALLEST]);
    private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
    private final FilledEncoder filled = new FilledEncoder();
    private final OrderRestedEncoder rested = new OrderRestedEncoder();
    private final OrderCancelledEncoder cancelled = new OrderCancelledEncoder();
    private final OrderReducedEncoder reduced = new OrderReducedEncoder();
    private final OrderAmendedEncoder amended = new OrderAmendedEncoder();
    private final LevelChangedEncoder level = new LevelChangedEncoder();
    private final BalanceChangedEncoder balance = new BalanceChangedEncoder();
    private final OrderRejectedEncoder rejected = new OrderRejectedEncoder();
    private final AmendRejectedEncoder amendRejected = new AmendRejectedEncoder();
    private final ClientOrderRepeatedEncoder repeated = new ClientOrderRepeatedEncoder();
    private final OrderTriggeredEncoder triggered = new OrderTriggeredEncoder();
    private final AllCancelledEncoder allCancelled = new AllCancelledEncoder();
    private final CommandRefusedEncoder refused = new CommandRefusedEncoder();
    private final IndicativePriceEncoder indicative = new IndicativePriceEncoder();
    private final AuctionUncrossedEncoder uncrossed = new AuctionUncrossedEncoder();
    private final FillSettledEncoder settled = new FillSettledEncoder();
    private final FillReturnedEncoder returned = new FillReturnedEncoder();
    private final FillForfeitedEncoder forfeited = new FillForfeitedEncoder();
    private final WithdrawalChangedEncoder withdrawal = new WithdrawalChangedEncoder();
    private final ExitChangedEncoder exit = new ExitChangedEncoder();
    private final MarketStateChangedEncoder state = new MarketStateChangedEncoder();
    private final ReferencePriceChangedEncoder reference = new ReferencePriceChangedEncoder();
    private int length;

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void marketOpened(MarketSpec spec) {
        length += EventCodec.encode(new Event.MarketOpened(spec), buffer, room());
    }

    void marketStateChanged(int market, MarketState next) {
        state.wrap(buffer, begin(MarketStateChangedEncoder.TEMPLATE_ID, MarketStateChangedEncoder.BLOCK_LENGTH))
                .market(market)
                .state(WireValues.of(next));
    }

    void referencePriceChanged(int market, long price) {
        reference
                .wrap(buffer, begin(ReferencePriceChangedEncoder.TEMPLATE_ID, ReferencePriceChangedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .market(market);
    }

    void indicativePrice(int market, long price, long matched, long imbalance) {
        indicative
                .wrap(buffer, begin(IndicativePriceEncoder.TEMPLATE_ID, IndicativePriceEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .matchedLots(matched)
                .imbalanceLots(imbalance)
                .market(market);
    }

    void auctionUncrossed(int market, long price) {
        uncrossed
                .wrap(buffer, begin(AuctionUncrossedEncoder.TEMPLATE_ID, AuctionUncrossedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .market(market);
    }

    void orderAccepted(Ticket ticket) {
        accepted.wrap(buffer, begin(OrderAcceptedEncoder.TEMPLATE_ID, OrderAcceptedEncoder.BLOCK_LENGTH))
                .order(ticket.order)
                .account(ticket.account)
                .priceTicks(ticket.held)
                .quantityLots(ticket.quantity)
                .displayLots(ticket.display)
                .minimumLots(ticket.minimum)
                .stopPriceTicks(ticket.stopPrice)
                .expirySeconds(ticket.expiry)
                .clientOrder(ticket.clientOrder)
                .session(ticket.session)
                .market(ticket.market)
                .slippageBasisPoints(ticket.slippage)
                .disconnectGroup(ticket.disconnectGroup)
                .tradeGroup(ticket.tradeGroup)
                .side(WireValues.of(ticket.side))
                .orderType(WireValues.of(ticket.type))
                .timeInForce(WireValues.of(ticket.timeInForce))
                .postOnly(WireValues.of(ticket.postOnly))
                .selfTrade(WireValues.of(ticket.selfTrade));
    }

    void orderRejected(Ticket ticket, RejectReason reason) {
        rejected.wrap(buffer, begin(OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH))
                .order(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .reason(WireValues.of(reason));
    }

    void clientOrderRepeated(Ticket ticket, long original, int outcome) {
        repeated.wrap(buffer, begin(ClientOrderRepeatedEncoder.TEMPLATE_ID, ClientOrderRepeatedEncoder.BLOCK_LENGTH))
                .order(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .original(original)
                .outcome((short) outcome);
    }

    /** Returns the encoder of a fill, to be filled in. */
    FilledEncoder filled() {
        return filled.wrap(buffer, begin(FilledEncoder.TEMPLATE_ID, FilledEncoder.BLOCK_LENGTH));
    }

    void orderRested(Orders orders, int order, int market) {
        rested.wrap(buffer, begin(OrderRestedEncoder.TEMPLATE_ID, OrderRestedEncoder.BLOCK_LENGTH))
                .order(orders.id(order))
                .priceTicks(orders.price(order))
                .visibleLots(orders.visible(order))
                .remainingLots(orders.remaining(order))
                .market(market)
                .side((short) (orders.tags(order) & 1));
    }

    void orderTriggered(long order, int market, long price) {
        triggered
                .wrap(buffer, begin(OrderTriggeredEncoder.TEMPLATE_ID, OrderTriggeredEncoder.BLOCK_LENGTH))
                .order(order)
                .priceTicks(price)
                .market(market);
    }

    void orderReduced(Orders orders, int order, long account, long lots) {
        reduced.wrap(buffer, begin(OrderReducedEncoder.TEMPLATE_ID, OrderReducedEncoder.BLOCK_LENGTH))
                .order(orders.id(order))
                .account(account)
                .reducedLots(lots)
                .remainingLots(orders.remaining(order))
                .visibleLots(orders.visible(order));
    }

    void orderAmended(long order, Ticket ticket) {
        amended.wrap(buffer, begin(OrderAmendedEncoder.TEMPLATE_ID, OrderAmendedEncoder.BLOCK_LENGTH))
                .order(order)
                .newOrder(ticket.order)
                .account(ticket.account)
                .priceTicks(ticket.held)
                .quantityLots(ticket.quantity)
                .displayLots(ticket.display)
                .expirySeconds(ticket.expiry);
    }

    void amendRejected(long order, Ticket ticket, RejectReason reason) {
        amendRejected
                .wrap(buffer, begin(AmendRejectedEncoder.TEMPLATE_ID, AmendRejectedEncoder.BLOCK_LENGTH))
                .order(order)
                .newOrder(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .reason(WireValues.of(reason));
    }

    void orderCancelled(long order, long account, long remaining, CancelReason reason) {
        cancelled
                .wrap(buffer, begin(OrderCancelledEncoder.TEMPLATE_ID, OrderCancelledEncoder.BLOCK_LENGTH))
                .order(order)
                .account(account)
                .remainingLots(remaining)
                .reason(WireValues.of(reason));
    }

    void allCancelled(long count) {
        allCancelled
                .wrap(buffer, begin(AllCancelledEncoder.TEMPLATE_ID, AllCancelledEncoder.BLOCK_LENGTH))
                .count(count);
    }

    void levelChanged(int market, boolean buys, long price, long visible, int count) {
        level.wrap(buffer, begin(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .visibleLots(visible)
                .market(market)
                .orderCount(count)
                .side(WireValues.of(buys ? Side.BUY : Side.SELL));
    }

    void balancesChanged(Funds funds, Accounts accounts) {
        for (int i = 0; i < funds.touchedCount(); i++) {
            int row = funds.touched(i);
            balance.wrap(buffer, begin(BalanceChangedEncoder.TEMPLATE_ID, BalanceChangedEncoder.BLOCK_LENGTH))
                    .account(accounts.id(funds.account(row)))
                    .available(funds.available(row))
                    .reserved(funds.reserved(row))
                    .settling(funds.settling(row))
                    .withdrawing(funds.withdrawing(row))
                    .exiting(funds.exiting(row))
                    .owed(funds.owed(row))
                    .asset(funds.asset(row));
        }
    }

    void fillSettled(long fill) {
        settled.wrap(buffer, begin(FillSettledEncoder.TEMPLATE_ID, FillSettledEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void fillReturned(long fill) {
        returned.wrap(buffer, begin(FillReturnedEncoder.TEMPLATE_ID, FillReturnedEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void fillForfeited(long fill) {
        forfeited
                .wrap(buffer, begin(FillForfeitedEncoder.TEMPLATE_ID, FillForfeitedEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void withdrawalChanged(Withdrawals all, int row, long account, int asset, WithdrawalState now) {
        withdrawal
                .wrap(buffer, begin(WithdrawalChangedEncoder.TEMPLATE_ID, WithdrawalChangedEncoder.BLOCK_LENGTH))
                .withdrawal(all.id(row))
                .account(account)
                .amount(all.amount(row))
                .deadlineSeconds(all.deadline(row))
                .asset(asset)
                .state(WireValues.of(now));
    }

    void exitChanged(long account, int asset, boolean exiting) {
        exit.wrap(buffer, begin(ExitChangedEncoder.TEMPLATE_ID, ExitChangedEncoder.BLOCK_LENGTH))
                .account(account)
                .asset(asset)
                .exiting(WireValues.of(exiting));
    }

    void commandRefused(RefusalReason reason) {
        refused.wrap(buffer, begin(CommandRefusedEncoder.TEMPLATE_ID, CommandRefusedEncoder.BLOCK_LENGTH))
                .reason(WireValues.of(reason));
    }

    /** Makes room for a message, writes its header as one number, and returns where its block begins. */
    private int begin(int templateId, int blockLength) {
        int at = room();
        buffer.putLong(at, SCHEMA | ((long) templateId << Short.SIZE) | blockLength, ByteOrder.LITTLE_ENDIAN);
        int block = at + MessageHeaderEncoder.ENCODED_LENGTH;
        length = block + blockLength;
        return block;
    }

    /** Makes room for the longest message, and returns where it begins. */
    private int room() {
        int at = length;
        if (at + LONGEST > buffer.capacity()) {
            byte[] more = new byte[buffer.capacity() << 1];
            buffer.getBytes(0, more, 0, at);
            buffer.wrap(more);
        }
        return at;
    }
}
