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
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The events of one command as SBE messages, one behind the other, in memory that is used again and again. */
final class EventWriter {
    private static final int SMALLEST = 1 << 16;
    private static final int LONGEST = 256;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SMALLEST]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
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
        length += EventCodec.encode(new Event.MarketOpened(spec), buffer, room(0));
    }

    void marketStateChanged(int market, MarketState next) {
        state.wrapAndApplyHeader(buffer, room(MarketStateChangedEncoder.BLOCK_LENGTH), header)
                .market(market)
                .state(WireValues.of(next));
    }

    void referencePriceChanged(int market, long price) {
        reference
                .wrapAndApplyHeader(buffer, room(ReferencePriceChangedEncoder.BLOCK_LENGTH), header)
                .priceTicks(price)
                .market(market);
    }

    void indicativePrice(int market, long price, long matched, long imbalance) {
        indicative
                .wrapAndApplyHeader(buffer, room(IndicativePriceEncoder.BLOCK_LENGTH), header)
                .priceTicks(price)
                .matchedLots(matched)
                .imbalanceLots(imbalance)
                .market(market);
    }

    void auctionUncrossed(int market, long price) {
        uncrossed
                .wrapAndApplyHeader(buffer, room(AuctionUncrossedEncoder.BLOCK_LENGTH), header)
                .priceTicks(price)
                .market(market);
    }

    void orderAccepted(Ticket ticket) {
        accepted.wrapAndApplyHeader(buffer, room(OrderAcceptedEncoder.BLOCK_LENGTH), header)
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
        rejected.wrapAndApplyHeader(buffer, room(OrderRejectedEncoder.BLOCK_LENGTH), header)
                .order(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .reason(WireValues.of(reason));
    }

    void clientOrderRepeated(Ticket ticket, long original, int outcome) {
        repeated.wrapAndApplyHeader(buffer, room(ClientOrderRepeatedEncoder.BLOCK_LENGTH), header)
                .order(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .original(original)
                .outcome((short) outcome);
    }

    /** Returns the encoder of a fill, to be filled in. */
    FilledEncoder filled() {
        return filled.wrapAndApplyHeader(buffer, room(FilledEncoder.BLOCK_LENGTH), header);
    }

    void orderRested(Orders orders, int order, int market) {
        rested.wrapAndApplyHeader(buffer, room(OrderRestedEncoder.BLOCK_LENGTH), header)
                .order(orders.id(order))
                .priceTicks(orders.price(order))
                .visibleLots(orders.visible(order))
                .remainingLots(orders.remaining(order))
                .market(market)
                .side((short) (orders.tags(order) & 1));
    }

    void orderTriggered(long order, int market, long price) {
        triggered
                .wrapAndApplyHeader(buffer, room(OrderTriggeredEncoder.BLOCK_LENGTH), header)
                .order(order)
                .priceTicks(price)
                .market(market);
    }

    void orderReduced(Orders orders, int order, long account, long lots) {
        reduced.wrapAndApplyHeader(buffer, room(OrderReducedEncoder.BLOCK_LENGTH), header)
                .order(orders.id(order))
                .account(account)
                .reducedLots(lots)
                .remainingLots(orders.remaining(order))
                .visibleLots(orders.visible(order));
    }

    void orderAmended(long order, Ticket ticket) {
        amended.wrapAndApplyHeader(buffer, room(OrderAmendedEncoder.BLOCK_LENGTH), header)
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
                .wrapAndApplyHeader(buffer, room(AmendRejectedEncoder.BLOCK_LENGTH), header)
                .order(order)
                .newOrder(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .reason(WireValues.of(reason));
    }

    void orderCancelled(long order, long account, long remaining, CancelReason reason) {
        cancelled
                .wrapAndApplyHeader(buffer, room(OrderCancelledEncoder.BLOCK_LENGTH), header)
                .order(order)
                .account(account)
                .remainingLots(remaining)
                .reason(WireValues.of(reason));
    }

    void allCancelled(long count) {
        allCancelled
                .wrapAndApplyHeader(buffer, room(AllCancelledEncoder.BLOCK_LENGTH), header)
                .count(count);
    }

    void levelChanged(int market, boolean buys, long price, long visible, int count) {
        level.wrapAndApplyHeader(buffer, room(LevelChangedEncoder.BLOCK_LENGTH), header)
                .priceTicks(price)
                .visibleLots(visible)
                .market(market)
                .orderCount(count)
                .side(WireValues.of(buys ? Side.BUY : Side.SELL));
    }

    void balancesChanged(Funds funds, Accounts accounts) {
        for (int i = 0; i < funds.touchedCount(); i++) {
            int row = funds.touched(i);
            balance.wrapAndApplyHeader(buffer, room(BalanceChangedEncoder.BLOCK_LENGTH), header)
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
        settled.wrapAndApplyHeader(buffer, room(FillSettledEncoder.BLOCK_LENGTH), header)
                .fill(fill);
    }

    void fillReturned(long fill) {
        returned.wrapAndApplyHeader(buffer, room(FillReturnedEncoder.BLOCK_LENGTH), header)
                .fill(fill);
    }

    void fillForfeited(long fill) {
        forfeited
                .wrapAndApplyHeader(buffer, room(FillForfeitedEncoder.BLOCK_LENGTH), header)
                .fill(fill);
    }

    void withdrawalChanged(Withdrawals all, int row, long account, int asset, WithdrawalState now) {
        withdrawal
                .wrapAndApplyHeader(buffer, room(WithdrawalChangedEncoder.BLOCK_LENGTH), header)
                .withdrawal(all.id(row))
                .account(account)
                .amount(all.amount(row))
                .deadlineSeconds(all.deadline(row))
                .asset(asset)
                .state(WireValues.of(now));
    }

    void exitChanged(long account, int asset, boolean exiting) {
        exit.wrapAndApplyHeader(buffer, room(ExitChangedEncoder.BLOCK_LENGTH), header)
                .account(account)
                .asset(asset)
                .exiting(WireValues.of(exiting));
    }

    void commandRefused(RefusalReason reason) {
        refused.wrapAndApplyHeader(buffer, room(CommandRefusedEncoder.BLOCK_LENGTH), header)
                .reason(WireValues.of(reason));
    }

    /** Makes room for a message, and returns where it begins. */
    private int room(int blockLength) {
        int at = length;
        if (at + LONGEST > buffer.capacity()) {
            byte[] more = new byte[buffer.capacity() << 1];
            buffer.getBytes(0, more, 0, at);
            buffer.wrap(more);
        }
        length = blockLength == 0 ? at : at + MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        return at;
    }
}
