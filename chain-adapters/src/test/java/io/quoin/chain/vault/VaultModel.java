package io.quoin.chain.vault;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.SignedOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the vault should do, told in lists and maps: slow, and with nothing of the contract's packing. Each method is a
 * call of the vault in a block of time {@code now}; one that the vault refuses throws {@link Refused} and changes nothing.
 */
final class VaultModel {
    private static final int UNIT = 10_000;
    private static final long LOTS_MAX = (1L << 40) - 1;

    /** Why a fill is skipped. */
    private static final int EXPIRED = 1;

    private static final int NONCE = 2;
    private static final int EXITING = 4;
    private static final int SHORT = 5;
    private static final int OVERFILLED = 6;

    private record Seat(OrderSide side, EvmAddress owner) {}

    final Wallets wallets;
    final Batches batches = new Batches();
    private final MarketLots lots;
    private final EvmAddress operator;
    private final int marketCap;
    private final Function<OrderTerms, Bytes32> orderId;
    private final Map<Seat, Account> accounts = new HashMap<>();
    private final Map<EvmAddress, Long> earned = new HashMap<>();
    private final Map<Long, Long> feesOfBatch = new HashMap<>();

    /** @param marketCap highest rate of any fee in the market, basis points */
    VaultModel(
            Wallets wallets,
            MarketLots lots,
            EvmAddress operator,
            int marketCap,
            Function<OrderTerms, Bytes32> orderId) {
        this.wallets = wallets;
        this.lots = lots;
        this.operator = operator;
        this.marketCap = marketCap;
        this.orderId = orderId;
    }

    Account account(OrderSide side, EvmAddress owner) {
        return accounts.computeIfAbsent(new Seat(side, owner), seat -> new Account(seat.side() == OrderSide.BUY));
    }

    /** Whether the first fill locks whatever of its owners' accounts is gathered before. */
    boolean firstFillLocks(long now, LockBatch batch) {
        BatchFill first = batch.fills().getFirst();
        boolean leaving = batch.orders().stream()
                .map(order -> order.terms().trader())
                .anyMatch(owner -> wallets.exitRequestedAt(owner, lots.base()) != 0
                        || wallets.exitRequestedAt(owner, lots.quote()) != 0);
        try {
            Fill fill = checked(operator, batch).getFirst();
            long seq = batches.nextOf(batch.cell());
            return !leaving
                    && reason(now, first.buy(), fill, seq, new HashMap<>()) == 0
                    && reason(now, first.sell(), fill, seq, new HashMap<>()) == 0;
        } catch (Refused refused) {
            return false;
        }
    }

    Batches.Batch lock(long now, EvmAddress caller, LockBatch batch) {
        List<Fill> fills = checked(caller, batch);
        long delay = batch.terms().refundDelaySeconds();
        Refused.unless(delay > 0 && delay <= 30 * 86_400L, "RefundDelayOutOfRange");
        Batches.Batch made =
                new Batches.Batch(batches.nextOf(batch.cell()), now + delay, batch.terms(), batch.fees(), operator);
        run(now, batch, fills, made, false);
        batches.keep(made);
        return made;
    }

    /** Returns the skipped fills' reasons by index. */
    Map<Integer, Integer> settle(long now, EvmAddress caller, LockBatch batch) {
        List<Fill> fills = checked(caller, batch);
        Batches.Batch made = new Batches.Batch(0, now, batch.terms(), batch.fees(), operator);
        run(now, batch, fills, made, true);
        for (Fill fill : made.locked()) {
            earned.merge(operator, fill.operatorFee(), Long::sum);
            payReferrer(made, fill);
        }
        return made.skipped;
    }

    void release(long now, EvmAddress caller, Batches.Batch batch) {
        Refused.unless(caller.equals(operator), "NotOperator");
        Refused.unless(now < batch.deadline, "ReleaseAfterDeadline");
        checkOpen(batch);
        for (Fill fill : batch.locked()) {
            if (!fill.gone) {
                payFees(batch, fill);
            }
        }
        batch.end = Batches.End.RELEASED;
    }

    void refund(long now, Batches.Batch batch) {
        Refused.unless(now >= batch.deadline, "RefundBeforeDeadline");
        checkOpen(batch);
        batch.end = Batches.End.REFUNDED;
    }

    /** One fill by its proof. */
    void closeFill(long now, EvmAddress caller, Batches.Batch batch, Fill fill) {
        Refused.unless(!batch.forgotten, "WrongSeal");
        boolean ended = batch.end != Batches.End.OPEN;
        boolean late = now >= batch.deadline;
        Refused.unless(ended || late || caller.equals(operator), "RefundBeforeDeadline");
        Batches.End outcome = ended ? batch.end : late ? Batches.End.REFUNDED : Batches.End.RELEASED;
        Refused.unless(!fill.gone, "FillGone");
        Refused.unless(leaveLanes(fill, outcome), "FillFolded");
        fill.gone = true;
        if (!ended && outcome == Batches.End.RELEASED) {
            payFees(batch, fill);
        }
    }

    /** The refusals of {@code disputeFill} that are the batch's; the fill is then no longer of the batch. */
    void checkDisputable(Batches.Batch batch, Fill fill) {
        Refused.unless(!batch.forgotten, "WrongSeal");
        Refused.unless(batch.end == Batches.End.OPEN, "BatchClosed");
        Refused.unless(!fill.gone, "FillGone");
    }

    void depart(Fill fill) {
        leaveLanes(fill, Batches.End.OPEN);
        fill.gone = true;
    }

    void gather(EvmAddress caller, OrderSide side, EvmAddress owner) {
        Refused.unless(caller.equals(owner) || caller.equals(operator), "NotOperator");
        Account account = account(side, owner);
        account.foldAll(batches);
        wallets.credit(owner, side == OrderSide.BUY ? lots.quote() : lots.base(), units(side, account.pay));
        wallets.credit(owner, side == OrderSide.BUY ? lots.base() : lots.quote(), units(other(side), account.get));
        account.pay = 0;
        account.get = 0;
    }

    void cancelOrders(EvmAddress caller, OrderSide side, BigInteger from, BigInteger to) {
        boolean ring = OrderNonce.isManyBatches(from);
        Refused.unless(from.compareTo(to) <= 0 && ring == OrderNonce.isManyBatches(to), "BadNonceRange");
        if (ring) {
            account(side, caller).cancelRing(from, to);
        } else {
            account(side, caller).cancelOnce(from.longValueExact(), to.longValueExact());
        }
    }

    /** The fees of all batches below a number. */
    void collectFees(long below) {
        long sum = 0;
        for (Iterator<Map.Entry<Long, Long>> fees = feesOfBatch.entrySet().iterator(); fees.hasNext(); ) {
            Map.Entry<Long, Long> next = fees.next();
            if (next.getKey() < below) {
                sum += next.getValue();
                fees.remove();
            }
        }
        wallets.credit(operator, lots.quote(), units(OrderSide.BUY, sum));
    }

    void collectEarned(EvmAddress account) {
        Long sum = earned.remove(account);
        wallets.credit(account, lots.quote(), units(OrderSide.BUY, sum == null ? 0 : sum));
    }

    void earn(EvmAddress account, long quoteLots) {
        earned.merge(account, quoteLots, Long::sum);
    }

    /** All of the token that the market's books hold: free, in fills that have not left, and as fees. */
    BigInteger sum(EvmAddress token) {
        boolean base = token.equals(lots.base());
        long sum = 0;
        for (Map.Entry<Seat, Account> entry : accounts.entrySet()) {
            boolean pays = base == (entry.getKey().side() == OrderSide.SELL);
            sum += pays ? entry.getValue().pay : entry.getValue().get;
        }
        for (Batches.Batch batch : batches.all()) {
            for (Fill fill : batch.locked()) {
                sum += inBatch(batch, fill, base);
            }
        }
        if (!base) {
            sum += earned.values().stream().mapToLong(Long::longValue).sum();
            sum += feesOfBatch.values().stream().mapToLong(Long::longValue).sum();
        }
        return units(base ? OrderSide.SELL : OrderSide.BUY, sum);
    }

    /** What a fill still brings to its two accounts from outside of what is free there. */
    private long inBatch(Batches.Batch batch, Fill fill, boolean base) {
        boolean buyers = waits(OrderSide.BUY, fill);
        boolean sellers = waits(OrderSide.SELL, fill);
        return switch (batch.end) {
            case OPEN -> fill.gone ? 0 : base ? fill.base() : fill.pay();
            case RELEASED -> base ? (buyers ? fill.base() : 0) : (sellers ? fill.get() : 0);
            case REFUNDED -> base ? (sellers ? fill.base() : 0) : (buyers ? fill.pay() : 0);
        };
    }

    private boolean waits(OrderSide side, Fill fill) {
        boolean buys = side == OrderSide.BUY;
        boolean laned = buys ? fill.buyerLaned : fill.sellerLaned;
        Account account = account(side, buys ? fill.buyer() : fill.seller());
        return !fill.gone && (!laned || account.lanes().anyMatch(lane -> lane.holds(fill)));
    }

    private List<Fill> checked(EvmAddress caller, LockBatch batch) {
        BatchFees fees = batch.fees();
        Refused.unless(caller.equals(operator), "NotOperator");
        Refused.unless(!wallets.paused(), "MarketNotListed");
        Refused.unless(
                Math.max(fees.makerBps(), Math.max(fees.takerBps(), fees.referrerBps())) <= marketCap,
                "FeeAboveMarketCap");
        boolean plain = batch.terms().buyerBondBps() == 0 && batch.terms().sellerBondBps() == 0;
        Refused.unless(plain && batch.terms().fallbackToBuyerBps() <= UNIT, "BadTerms");
        List<Fill> fills = new ArrayList<>();
        for (BatchFill fill : batch.fills()) {
            fills.add(priced(batch, fill));
        }
        return fills;
    }

    /** R3: the maker's limit, inside the taker's; fees within what each signed. */
    private Fill priced(LockBatch batch, BatchFill fill) {
        OrderTerms buy = fill.buy().terms();
        OrderTerms sell = fill.sell().terms();
        OrderTerms maker = fill.buyerIsMaker() ? buy : sell;
        OrderTerms taker = fill.buyerIsMaker() ? sell : buy;
        BatchFees fees = batch.fees();
        Refused.unless(!buy.trader().equals(sell.trader()), "SelfTrade");
        Refused.unless(!taker.flags().contains(OrderFlag.POST_ONLY), "TakerPostOnly");
        Refused.unless(
                fees.takerBps() <= taker.operatorFeeCapBps()
                        && fees.referrerBps() <= taker.referrerFeeCapBps()
                        && fees.makerBps() <= maker.operatorFeeCapBps(),
                "FeeAboveCap");
        BigInteger price = maker.price();
        if (fill.atAuctionPrice()) {
            Refused.unless(!maker.flags().contains(OrderFlag.POST_ONLY), "TakerPostOnly");
            price = batch.lots().tickPrice(batch.priceScale()).multiply(BigInteger.valueOf(batch.auctionTicks()));
        }
        Refused.unless(buy.price().compareTo(price) >= 0 && sell.price().compareTo(price) <= 0, "PriceOutsideLimit");
        long ticks = price.divide(lots.tickPrice(batch.priceScale())).longValueExact();
        long quote = Math.multiplyExact(fill.lots().longValueExact(), ticks);
        Refused.unless(quote != 0 && quote <= LOTS_MAX, "LotsOutOfRange");
        long takers = part(quote, fees.takerBps());
        long makers = fees.makerBps() < 0 ? -part(quote, -fees.makerBps()) : part(quote, fees.makerBps());
        Refused.unless(-makers <= takers, "RebateAboveFee");
        long referrers = part(quote, fees.referrerBps());
        long buyers = fill.buyerIsMaker() ? makers : takers + referrers;
        long sellers = fill.buyerIsMaker() ? takers + referrers : makers;
        return new Fill(
                buy.trader(), sell.trader(), fill.lots().longValueExact(), quote + buyers, quote - sellers, referrers);
    }

    private void run(long now, LockBatch batch, List<Fill> fills, Batches.Batch made, boolean atomic) {
        Map<SignedOrder, Long> filled = new HashMap<>();
        for (int i = 0; i < fills.size(); i++) {
            Fill fill = fills.get(i);
            BatchFill of = batch.fills().get(i);
            int reason = reason(now, of.buy(), fill, made.seq, filled);
            if (reason == 0) {
                reason = reason(now, of.sell(), fill, made.seq, filled);
            }
            if (reason != 0) {
                made.skipped.put(i, reason);
                made.fills.add(null);
                continue;
            }
            made.fills.add(fill);
            fill.buyerLaned = take(of.buy(), fill, made.seq, filled, atomic);
            fill.sellerLaned = take(of.sell(), fill, made.seq, filled, atomic);
        }
        Refused.unless(!made.locked().isEmpty(), "EmptyBatch");
    }

    /** Why an order takes no more of the fill, or 0. */
    private int reason(long now, SignedOrder order, Fill fill, long seq, Map<SignedOrder, Long> filled) {
        OrderTerms terms = order.terms();
        if (terms.expirySeconds() < now) {
            return EXPIRED;
        }
        Account account = account(terms.side(), terms.trader());
        long before = filled.getOrDefault(order, 0L);
        if (OrderNonce.isManyBatches(terms.nonce())) {
            before = account.filled(terms.nonce(), orderId.apply(terms));
            if (before < 0) {
                return NONCE;
            }
        } else if (!filled.containsKey(order) && !account.isUnused(terms.nonce().longValueExact())) {
            return NONCE;
        }
        long quantity = terms.quantity().divide(lots.baseLot()).longValueExact();
        if (before > quantity - fill.base()) {
            return OVERFILLED;
        }
        long shortage = Math.max(0, account.pays(fill) - account.payAfterFold(batches, seq));
        if (shortage == 0 && !account.exiting) {
            return 0;
        }
        EvmAddress token = terms.side() == OrderSide.BUY ? lots.quote() : lots.base();
        if (!wallets.mayLock(now, terms.trader(), token, terms.issuedSeconds())) {
            return EXITING;
        }
        return units(terms.side(), shortage).compareTo(wallets.amount(terms.trader(), token)) > 0 ? SHORT : 0;
    }

    /** Takes one side's part of a fill; returns whether a lane holds it. */
    private boolean take(SignedOrder order, Fill fill, long seq, Map<SignedOrder, Long> filled, boolean atomic) {
        OrderTerms terms = order.terms();
        Account account = account(terms.side(), terms.trader());
        filled.merge(order, fill.base(), Long::sum);
        if (OrderNonce.isManyBatches(terms.nonce())) {
            Bytes32 id = orderId.apply(terms);
            account.count(terms.nonce(), id, account.filled(terms.nonce(), id) + fill.base());
        } else {
            account.use(terms.nonce().longValueExact());
        }
        account.fold(batches, seq);
        long pays = account.pays(fill);
        long shortage = Math.max(0, pays - account.pay);
        EvmAddress token = terms.side() == OrderSide.BUY ? lots.quote() : lots.base();
        wallets.debit(terms.trader(), token, units(terms.side(), shortage));
        account.pay += shortage - pays;
        if (atomic) {
            account.get += account.gets(fill);
            return false;
        }
        return account.put(batches, seq, fill);
    }

    private boolean leaveLanes(Fill fill, Batches.End outcome) {
        boolean buyer = leaveLane(OrderSide.BUY, fill.buyer(), fill.buyerLaned, fill, outcome);
        boolean seller = leaveLane(OrderSide.SELL, fill.seller(), fill.sellerLaned, fill, outcome);
        return buyer || seller;
    }

    private boolean leaveLane(OrderSide side, EvmAddress owner, boolean laned, Fill fill, Batches.End outcome) {
        Account account = account(side, owner);
        if (laned && !account.takeOut(fill)) {
            return false;
        }
        account.pay += outcome == Batches.End.REFUNDED ? account.pays(fill) : 0;
        account.get += outcome == Batches.End.RELEASED ? account.gets(fill) : 0;
        return true;
    }

    private static void checkOpen(Batches.Batch batch) {
        Refused.unless(!batch.forgotten, "WrongSeal");
        Refused.unless(batch.end == Batches.End.OPEN, "BatchClosed");
    }

    private void payFees(Batches.Batch batch, Fill fill) {
        feesOfBatch.merge(batch.seq, fill.operatorFee(), Long::sum);
        payReferrer(batch, fill);
    }

    private void payReferrer(Batches.Batch batch, Fill fill) {
        batch.fees.referrer().ifPresent(referrer -> earned.merge(referrer, fill.referrerFee(), Long::sum));
    }

    private BigInteger units(OrderSide side, long amount) {
        return BigInteger.valueOf(amount).multiply(side == OrderSide.BUY ? lots.quoteLot() : lots.baseLot());
    }

    private static OrderSide other(OrderSide side) {
        return side == OrderSide.BUY ? OrderSide.SELL : OrderSide.BUY;
    }

    private static long part(long quote, int points) {
        return quote * points / UNIT;
    }
}
