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

/** The events of one command as SBE messages, one behind the other, in memory that is used again and again. */
final class EventWriter extends EventBuffer {
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

    void marketOpened(MarketSpec spec) {
        wrote(EventCodec.encode(new Event.MarketOpened(spec), view(), end()));
    }

    void marketStateChanged(int market, MarketState next) {
        state.wrap(view(), begin(MarketStateChangedEncoder.TEMPLATE_ID, MarketStateChangedEncoder.BLOCK_LENGTH))
                .market(market)
                .state(WireValues.of(next));
    }

    void referencePriceChanged(int market, long price) {
        reference
                .wrap(
                        view(),
                        begin(ReferencePriceChangedEncoder.TEMPLATE_ID, ReferencePriceChangedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .market(market);
    }

    void indicativePrice(int market, long price, long matched, long imbalance) {
        indicative
                .wrap(view(), begin(IndicativePriceEncoder.TEMPLATE_ID, IndicativePriceEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .matchedLots(matched)
                .imbalanceLots(imbalance)
                .market(market);
    }

    void auctionUncrossed(int market, long price) {
        uncrossed
                .wrap(view(), begin(AuctionUncrossedEncoder.TEMPLATE_ID, AuctionUncrossedEncoder.BLOCK_LENGTH))
                .priceTicks(price)
                .market(market);
    }

    void orderAccepted(Ticket ticket) {
        byte[] bytes = room();
        int at = begin(bytes, OrderAcceptedEncoder.TEMPLATE_ID, OrderAcceptedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.orderEncodingOffset(), ticket.order);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.accountEncodingOffset(), ticket.account);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.priceTicksEncodingOffset(), ticket.held);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.quantityLotsEncodingOffset(), ticket.quantity);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.displayLotsEncodingOffset(), ticket.display);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.minimumLotsEncodingOffset(), ticket.minimum);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.stopPriceTicksEncodingOffset(), ticket.stopPrice);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.expirySecondsEncodingOffset(), ticket.expiry);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.clientOrderEncodingOffset(), ticket.clientOrder);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.sessionEncodingOffset(), ticket.session);
        long marketAndSlippage = LittleEndian.pair(ticket.market, ticket.slippage);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.marketEncodingOffset(), marketAndSlippage);
        long groups = LittleEndian.pair(ticket.disconnectGroup, ticket.tradeGroup);
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.disconnectGroupEncodingOffset(), groups);
        long kinds = LittleEndian.pair(Tags.wire(ticket.kind), Tags.wireSelfTrade(ticket.kind));
        LittleEndian.putLong(bytes, at + OrderAcceptedEncoder.sideEncodingOffset(), kinds);
    }

    void orderRejected(Ticket ticket, RejectReason reason) {
        byte[] bytes = room();
        int at = begin(bytes, OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + OrderRejectedEncoder.orderEncodingOffset(), ticket.order);
        LittleEndian.putLong(bytes, at + OrderRejectedEncoder.accountEncodingOffset(), ticket.account);
        LittleEndian.putLong(bytes, at + OrderRejectedEncoder.clientOrderEncodingOffset(), ticket.clientOrder);
        LittleEndian.putLong(bytes, at + OrderRejectedEncoder.reasonEncodingOffset(), WireValues.of(reason));
    }

    void clientOrderRepeated(Ticket ticket, long original, int outcome) {
        repeated.wrap(view(), begin(ClientOrderRepeatedEncoder.TEMPLATE_ID, ClientOrderRepeatedEncoder.BLOCK_LENGTH))
                .order(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .original(original)
                .outcome((short) outcome);
    }

    void orderRested(long order, long price, long visible, long remaining, int market, int side) {
        byte[] bytes = room();
        int at = begin(bytes, OrderRestedEncoder.TEMPLATE_ID, OrderRestedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + OrderRestedEncoder.orderEncodingOffset(), order);
        LittleEndian.putLong(bytes, at + OrderRestedEncoder.priceTicksEncodingOffset(), price);
        LittleEndian.putLong(bytes, at + OrderRestedEncoder.visibleLotsEncodingOffset(), visible);
        LittleEndian.putLong(bytes, at + OrderRestedEncoder.remainingLotsEncodingOffset(), remaining);
        LittleEndian.putLong(bytes, at + OrderRestedEncoder.marketEncodingOffset(), LittleEndian.pair(market, side));
    }

    void orderTriggered(long order, int market, long price) {
        triggered
                .wrap(view(), begin(OrderTriggeredEncoder.TEMPLATE_ID, OrderTriggeredEncoder.BLOCK_LENGTH))
                .order(order)
                .priceTicks(price)
                .market(market);
    }

    void orderReduced(Orders orders, int order, long account, long lots) {
        long id = orders.id(order);
        long remaining = orders.remaining(order);
        long visible = orders.visible(order);
        byte[] bytes = room();
        int at = begin(bytes, OrderReducedEncoder.TEMPLATE_ID, OrderReducedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + OrderReducedEncoder.orderEncodingOffset(), id);
        LittleEndian.putLong(bytes, at + OrderReducedEncoder.accountEncodingOffset(), account);
        LittleEndian.putLong(bytes, at + OrderReducedEncoder.reducedLotsEncodingOffset(), lots);
        LittleEndian.putLong(bytes, at + OrderReducedEncoder.remainingLotsEncodingOffset(), remaining);
        LittleEndian.putLong(bytes, at + OrderReducedEncoder.visibleLotsEncodingOffset(), visible);
    }

    void orderAmended(long order, Ticket ticket) {
        byte[] bytes = room();
        int at = begin(bytes, OrderAmendedEncoder.TEMPLATE_ID, OrderAmendedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.orderEncodingOffset(), order);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.newOrderEncodingOffset(), ticket.order);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.accountEncodingOffset(), ticket.account);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.priceTicksEncodingOffset(), ticket.held);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.quantityLotsEncodingOffset(), ticket.quantity);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.displayLotsEncodingOffset(), ticket.display);
        LittleEndian.putLong(bytes, at + OrderAmendedEncoder.expirySecondsEncodingOffset(), ticket.expiry);
    }

    void amendRejected(long order, Ticket ticket, RejectReason reason) {
        amendRejected
                .wrap(view(), begin(AmendRejectedEncoder.TEMPLATE_ID, AmendRejectedEncoder.BLOCK_LENGTH))
                .order(order)
                .newOrder(ticket.order)
                .account(ticket.account)
                .clientOrder(ticket.clientOrder)
                .reason(WireValues.of(reason));
    }

    void orderCancelled(long order, long account, long remaining, CancelReason reason) {
        byte[] bytes = room();
        int at = begin(bytes, OrderCancelledEncoder.TEMPLATE_ID, OrderCancelledEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + OrderCancelledEncoder.orderEncodingOffset(), order);
        LittleEndian.putLong(bytes, at + OrderCancelledEncoder.accountEncodingOffset(), account);
        LittleEndian.putLong(bytes, at + OrderCancelledEncoder.remainingLotsEncodingOffset(), remaining);
        LittleEndian.putLong(bytes, at + OrderCancelledEncoder.reasonEncodingOffset(), WireValues.of(reason));
    }

    void allCancelled(long count) {
        allCancelled
                .wrap(view(), begin(AllCancelledEncoder.TEMPLATE_ID, AllCancelledEncoder.BLOCK_LENGTH))
                .count(count);
    }

    void levelChanged(int market, boolean buys, long price, long visible, int count) {
        byte[] bytes = room();
        int at = begin(bytes, LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + LevelChangedEncoder.priceTicksEncodingOffset(), price);
        LittleEndian.putLong(bytes, at + LevelChangedEncoder.visibleLotsEncodingOffset(), visible);
        LittleEndian.putLong(bytes, at + LevelChangedEncoder.marketEncodingOffset(), LittleEndian.pair(market, count));
        LittleEndian.putLong(bytes, at + LevelChangedEncoder.sideEncodingOffset(), buys ? 0 : 1);
    }

    /** Says what the balances are that a command touched, in the order of first touch, and forgets that it did. */
    void balancesChanged(Funds funds, Accounts accounts) {
        for (int row = funds.firstTouched(); row != Funds.NONE; row = funds.forgetTouched(row)) {
            balanceChanged(accounts.id(funds.account(row)), funds.asset(row), funds.rows(), row << 3);
        }
    }

    private void balanceChanged(long account, int asset, long[] rows, int row) {
        byte[] bytes = room();
        int at = begin(bytes, BalanceChangedEncoder.TEMPLATE_ID, BalanceChangedEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.accountEncodingOffset(), account);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.availableEncodingOffset(), rows[row + Funds.AVAILABLE]);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.reservedEncodingOffset(), rows[row + Funds.RESERVED]);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.settlingEncodingOffset(), rows[row + Funds.SETTLING]);
        LittleEndian.putLong(
                bytes, at + BalanceChangedEncoder.withdrawingEncodingOffset(), rows[row + Funds.WITHDRAWING]);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.exitingEncodingOffset(), rows[row + Funds.EXITING]);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.owedEncodingOffset(), rows[row + Funds.OWED]);
        LittleEndian.putLong(bytes, at + BalanceChangedEncoder.assetEncodingOffset(), asset);
    }

    void fillSettled(long fill) {
        byte[] bytes = room();
        int at = begin(bytes, FillSettledEncoder.TEMPLATE_ID, FillSettledEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + FillSettledEncoder.fillEncodingOffset(), fill);
    }

    void fillReturned(long fill) {
        returned.wrap(view(), begin(FillReturnedEncoder.TEMPLATE_ID, FillReturnedEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void fillForfeited(long fill) {
        forfeited
                .wrap(view(), begin(FillForfeitedEncoder.TEMPLATE_ID, FillForfeitedEncoder.BLOCK_LENGTH))
                .fill(fill);
    }

    void withdrawalChanged(Withdrawals all, int row, long account, int asset, WithdrawalState now) {
        withdrawal
                .wrap(view(), begin(WithdrawalChangedEncoder.TEMPLATE_ID, WithdrawalChangedEncoder.BLOCK_LENGTH))
                .withdrawal(all.id(row))
                .account(account)
                .amount(all.amount(row))
                .deadlineSeconds(all.deadline(row))
                .asset(asset)
                .state(WireValues.of(now));
    }

    void exitChanged(long account, int asset, boolean exiting) {
        exit.wrap(view(), begin(ExitChangedEncoder.TEMPLATE_ID, ExitChangedEncoder.BLOCK_LENGTH))
                .account(account)
                .asset(asset)
                .exiting(WireValues.of(exiting));
    }

    void commandRefused(RefusalReason reason) {
        refused.wrap(view(), begin(CommandRefusedEncoder.TEMPLATE_ID, CommandRefusedEncoder.BLOCK_LENGTH))
                .reason(WireValues.of(reason));
    }
}
