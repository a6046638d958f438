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

/** The events of one command as SBE messages, one behind the other, in memory that is used again and again. */
final class EventWriter {
    private final EventBuffer out = new EventBuffer();
    private final AmendRejectedEncoder amendRejected = new AmendRejectedEncoder();
    private final ClientOrderRepeatedEncoder repeated = new ClientOrderRepeatedEncoder();
    private final OrderTriggeredEncoder triggered = new OrderTriggeredEncoder();
    private final AllCancelledEncoder allCancelled = new AllCancelledEncoder();
    private final CommandRefusedEncoder refused = new CommandRefusedEncoder();
    private final IndicativePriceEncoder indicative = new IndicativePriceEncoder();
    private final AuctionUncrossedEncoder uncrossed = new AuctionUncrossedEncoder();
    private final FillReturnedEncoder returned = new FillReturnedEncoder();
    private final FillForfeitedEncoder forfeited = new FillForfeitedEncoder();
    private final WithdrawalChangedEncoder withdrawal = new WithdrawalChangedEncoder();
    private final ExitChangedEncoder exit = new ExitChangedEncoder();
    private final MarketStateChangedEncoder state = new MarketStateChangedEncoder();
    private final ReferencePriceChangedEncoder reference = new ReferencePriceChangedEncoder();

    /** Returns where the messages are. */
    DirectBuffer buffer() {
        return out.view();
    }

    int length() {
        return out.length();
    }

    void clear() {
        out.clear();
    }

    void marketOpened(MarketSpec spec) {
        out.wrote(EventCodec.encode(new Event.MarketOpened(spec), out.view(), out.room()));
    }

    void marketStateChanged(int market, MarketState next) {
        state.wrap(out.view(), out.begin(MarketStateChangedEncoder.TEMPLATE_ID, MarketStateChangedEncoder.BLOCK_LENGTH))
                .market(market)
                .state(WireValues.of(next));
    }

    void referencePriceChanged(int market, long price) {
        reference
                .wrap(
                        out.view(),
                        out.begin(ReferencePriceChangedEncoder.TEMPLATE_ID, ReferencePriceChangedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .market(market);
    }

    void indicativePrice(int market, long price, long matched, long imbalance) {
        indicative
                .wrap(out.view(), out.begin(IndicativePriceEncoder.TEMPLATE_ID, IndicativePriceEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .matchedLots(matched)
                .imbalanceLots(imbalance)
                .market(market);
    }

    void auctionUncrossed(int market, long price) {
        uncrossed
                .wrap(out.view(), out.begin(AuctionUncrossedEncoder.TEMPLATE_ID, AuctionUncrossedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .market(market);
    }

    void orderAccepted(Ticket ticket) {
        int at = out.begin(OrderAcceptedEncoder.TEMPLATE_ID, OrderAcceptedEncoder.BLOCK_LENGTH);
        out.putLong(at + OrderAcceptedEncoder.orderEncodingOffset(), ticket.order);
        out.putLong(at + OrderAcceptedEncoder.accountEncodingOffset(), ticket.account);
        out.putLong(at + OrderAcceptedEncoder.priceTicksEncodingOffset(), ticket.held);
        out.putLong(at + OrderAcceptedEncoder.quantityLotsEncodingOffset(), ticket.quantity);
        out.putLong(at + OrderAcceptedEncoder.displayLotsEncodingOffset(), ticket.display);
        out.putLong(at + OrderAcceptedEncoder.minimumLotsEncodingOffset(), ticket.minimum);
        out.putLong(at + OrderAcceptedEncoder.stopPriceTicksEncodingOffset(), ticket.stopPrice);
        out.putLong(at + OrderAcceptedEncoder.expirySecondsEncodingOffset(), ticket.expiry);
        out.putLong(at + OrderAcceptedEncoder.clientOrderEncodingOffset(), ticket.clientOrder);
        out.putLong(at + OrderAcceptedEncoder.sessionEncodingOffset(), ticket.session);
        out.putInt(at + OrderAcceptedEncoder.marketEncodingOffset(), ticket.market);
        out.putInt(at + OrderAcceptedEncoder.slippageBasisPointsEncodingOffset(), ticket.slippage);
        out.putInt(at + OrderAcceptedEncoder.disconnectGroupEncodingOffset(), ticket.disconnectGroup);
        out.putInt(at + OrderAcceptedEncoder.tradeGroupEncodingOffset(), ticket.tradeGroup);
        out.putByte(at + OrderAcceptedEncoder.sideEncodingOffset(), WireValues.of(ticket.side));
        out.putByte(at + OrderAcceptedEncoder.orderTypeEncodingOffset(), WireValues.of(ticket.type));
        out.putByte(at + OrderAcceptedEncoder.timeInForceEncodingOffset(), WireValues.of(ticket.timeInForce));
        out.putByte(at + OrderAcceptedEncoder.postOnlyEncodingOffset(), WireValues.of(ticket.postOnly));
        out.putByte(at + OrderAcceptedEncoder.selfTradeEncodingOffset(), WireValues.of(ticket.selfTrade));
    }

    void orderRejected(Ticket ticket, RejectReason reason) {
        int at = out.begin(OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH);
        out.putLong(at + OrderRejectedEncoder.orderEncodingOffset(), ticket.order);
        out.putLong(at + OrderRejectedEncoder.accountEncodingOffset(), ticket.account);
        out.putLong(at + OrderRejectedEncoder.clientOrderEncodingOffset(), ticket.clientOrder);
        out.putByte(at + OrderRejectedEncoder.reasonEncodingOffset(), WireValues.of(reason));
    }

    void clientOrderRepeated(Ticket ticket, long original, int outcome) {
        repeated.wrap(
                        out.view(),
                        out.begin(ClientOrderRepeatedEncoder.TEMPLATE_ID, ClientOrderRepeatedEncoder.BLOCK_LENGTH))
                .order(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .original(original)
                .outcome((short) outcome);
    }

    /** Begins a fill, whose numbers the caller puts, and returns where its block begins. */
    int filled() {
        return out.begin(FilledEncoder.TEMPLATE_ID, FilledEncoder.BLOCK_LENGTH);
    }

    EventBuffer out() {
        return out;
    }

    void orderRested(Orders orders, int order, int market) {
        int at = out.begin(OrderRestedEncoder.TEMPLATE_ID, OrderRestedEncoder.BLOCK_LENGTH);
        out.putLong(at + OrderRestedEncoder.orderEncodingOffset(), orders.id(order));
        out.putLong(at + OrderRestedEncoder.priceTicksEncodingOffset(), orders.price(order));
        out.putLong(at + OrderRestedEncoder.visibleLotsEncodingOffset(), orders.visible(order));
        out.putLong(at + OrderRestedEncoder.remainingLotsEncodingOffset(), orders.remaining(order));
        out.putInt(at + OrderRestedEncoder.marketEncodingOffset(), market);
        out.putByte(at + OrderRestedEncoder.sideEncodingOffset(), (short) (orders.tags(order) & 1));
    }

    void orderTriggered(long order, int market, long price) {
        triggered
                .wrap(out.view(), out.begin(OrderTriggeredEncoder.TEMPLATE_ID, OrderTriggeredEncoder.BLOCK_LENGTH))
                .order(order)
                .priceTicks(price)
                .market(market);
    }

    void orderReduced(Orders orders, int order, long account, long lots) {
        int at = out.begin(OrderReducedEncoder.TEMPLATE_ID, OrderReducedEncoder.BLOCK_LENGTH);
        out.putLong(at + OrderReducedEncoder.orderEncodingOffset(), orders.id(order));
        out.putLong(at + OrderReducedEncoder.accountEncodingOffset(), account);
        out.putLong(at + OrderReducedEncoder.reducedLotsEncodingOffset(), lots);
        out.putLong(at + OrderReducedEncoder.remainingLotsEncodingOffset(), orders.remaining(order));
        out.putLong(at + OrderReducedEncoder.visibleLotsEncodingOffset(), orders.visible(order));
    }

    void orderAmended(long order, Ticket ticket) {
        int at = out.begin(OrderAmendedEncoder.TEMPLATE_ID, OrderAmendedEncoder.BLOCK_LENGTH);
        out.putLong(at + OrderAmendedEncoder.orderEncodingOffset(), order);
        out.putLong(at + OrderAmendedEncoder.newOrderEncodingOffset(), ticket.order);
        out.putLong(at + OrderAmendedEncoder.accountEncodingOffset(), ticket.account);
        out.putLong(at + OrderAmendedEncoder.priceTicksEncodingOffset(), ticket.held);
        out.putLong(at + OrderAmendedEncoder.quantityLotsEncodingOffset(), ticket.quantity);
        out.putLong(at + OrderAmendedEncoder.displayLotsEncodingOffset(), ticket.display);
        out.putLong(at + OrderAmendedEncoder.expirySecondsEncodingOffset(), ticket.expiry);
    }

    void amendRejected(long order, Ticket ticket, RejectReason reason) {
        amendRejected
                .wrap(out.view(), out.begin(AmendRejectedEncoder.TEMPLATE_ID, AmendRejectedEncoder.BLOCK_LENGTH))
                .order(order)
                .newOrder(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .reason(WireValues.of(reason));
    }

    void orderCancelled(long order, long account, long remaining, CancelReason reason) {
        int at = out.begin(OrderCancelledEncoder.TEMPLATE_ID, OrderCancelledEncoder.BLOCK_LENGTH);
        out.putLong(at + OrderCancelledEncoder.orderEncodingOffset(), order);
        out.putLong(at + OrderCancelledEncoder.accountEncodingOffset(), account);
        out.putLong(at + OrderCancelledEncoder.remainingLotsEncodingOffset(), remaining);
        out.putByte(at + OrderCancelledEncoder.reasonEncodingOffset(), WireValues.of(reason));
    }

    void allCancelled(long count) {
        allCancelled
                .wrap(out.view(), out.begin(AllCancelledEncoder.TEMPLATE_ID, AllCancelledEncoder.BLOCK_LENGTH))
                .count(count);
    }

    void levelChanged(int market, boolean buys, long price, long visible, int count) {
        int at = out.begin(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH);
        out.putLong(at + LevelChangedEncoder.priceTicksEncodingOffset(), price);
        out.putLong(at + LevelChangedEncoder.visibleLotsEncodingOffset(), visible);
        out.putInt(at + LevelChangedEncoder.marketEncodingOffset(), market);
        out.putInt(at + LevelChangedEncoder.orderCountEncodingOffset(), count);
        out.putByte(at + LevelChangedEncoder.sideEncodingOffset(), WireValues.of(buys ? Side.BUY : Side.SELL));
    }

    void balancesChanged(Funds funds, Accounts accounts) {
        for (int i = 0; i < funds.touchedCount(); i++) {
            int row = funds.touched(i);
            int at = out.begin(BalanceChangedEncoder.TEMPLATE_ID, BalanceChangedEncoder.BLOCK_LENGTH);
            out.putLong(at + BalanceChangedEncoder.accountEncodingOffset(), accounts.id(funds.account(row)));
            out.putLong(at + BalanceChangedEncoder.availableEncodingOffset(), funds.available(row));
            out.putLong(at + BalanceChangedEncoder.reservedEncodingOffset(), funds.reserved(row));
            out.putLong(at + BalanceChangedEncoder.settlingEncodingOffset(), funds.settling(row));
            out.putLong(at + BalanceChangedEncoder.withdrawingEncodingOffset(), funds.withdrawing(row));
            out.putLong(at + BalanceChangedEncoder.exitingEncodingOffset(), funds.exiting(row));
            out.putLong(at + BalanceChangedEncoder.owedEncodingOffset(), funds.owed(row));
            out.putInt(at + BalanceChangedEncoder.assetEncodingOffset(), funds.asset(row));
        }
    }

    void fillSettled(long fill) {
        int at = out.begin(FillSettledEncoder.TEMPLATE_ID, FillSettledEncoder.BLOCK_LENGTH);
        out.putLong(at + FillSettledEncoder.fillEncodingOffset(), fill);
    }

    void fillReturned(long fill) {
        returned.wrap(out.view(), out.begin(FillReturnedEncoder.TEMPLATE_ID, FillReturnedEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void fillForfeited(long fill) {
        forfeited
                .wrap(out.view(), out.begin(FillForfeitedEncoder.TEMPLATE_ID, FillForfeitedEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void withdrawalChanged(Withdrawals all, int row, long account, int asset, WithdrawalState now) {
        withdrawal
                .wrap(
                        out.view(),
                        out.begin(WithdrawalChangedEncoder.TEMPLATE_ID, WithdrawalChangedEncoder.BLOCK_LENGTH))
                .withdrawal(all.id(row))
                .account(account)
                .amount(all.amount(row))
                .deadlineSeconds(all.deadline(row))
                .asset(asset)
                .state(WireValues.of(now));
    }

    void exitChanged(long account, int asset, boolean exiting) {
        exit.wrap(out.view(), out.begin(ExitChangedEncoder.TEMPLATE_ID, ExitChangedEncoder.BLOCK_LENGTH))
                .account(account)
                .asset(asset)
                .exiting(WireValues.of(exiting));
    }

    void commandRefused(RefusalReason reason) {
        refused.wrap(out.view(), out.begin(CommandRefusedEncoder.TEMPLATE_ID, CommandRefusedEncoder.BLOCK_LENGTH))
                .reason(WireValues.of(reason));
    }
}
