package io.quoin.matching;

import static io.quoin.matching.RefusalReason.*;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static java.util.Comparator.comparingLong;

import io.quoin.matching.Command.*;
import io.quoin.matching.Event.*;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code specification.md} once more, slowly: every question is answered by a look at all that there is.
 * It is written from the rules alone, to be an oracle for the engine. Here are markets, cancels and time.
 */
final class SlowModel extends SlowFunds implements Subject {
    SlowModel(EngineLimits limits) {
        super(limits);
    }

    @Override
    public List<Event> apply(Command command) {
        events.clear();
        RefusalReason refusal = answer(command);
        if (refusal != null) return List.of(new CommandRefused(refusal));
        markets.values().forEach(this::trigger);
        markets.values().stream().filter(m -> m.is(MarketState.AUCTION)).forEach(this::sayIndicative);
        events.addAll(balances.changes());
        return List.copyOf(events);
    }

    private @Nullable RefusalReason answer(Command command) {
        return switch (command) {
            case PlaceOrder c -> {
                place(c);
                yield null;
            }
            case AmendOrder c -> {
                amend(c);
                yield null;
            }
            case OpenMarket c -> open(c.spec());
            case SetMarketState c -> state(markets.get(c.market()), c.state());
            case SetReferencePrice c -> reference(markets.get(c.market()), c.priceTicks());
            case AdvanceTime c -> expire(c.nowSeconds());
            case Credit c -> credit(new SlowKey(c.account(), c.asset()), c.amount());
            case Debit c -> debit(new SlowKey(c.account(), c.asset()), c.amount());
            case CancelOrder c -> cancel(orders.get(c.order()), c.account());
            case CancelAll c -> cancelAll(c.scope());
            case SettleFill c -> end(fills.get(c.fill()), new FillSettled(c.fill()));
            case ReturnFill c -> end(fills.get(c.fill()), new FillReturned(c.fill()));
            case ForfeitFill c -> end(fills.get(c.fill()), new FillForfeited(c.fill()));
            case RequestWithdrawal c -> withdraw(c, new SlowKey(c.account(), c.asset()));
            case CoSignWithdrawal c -> coSign(withdrawals.get(c.withdrawal()), c.deadlineSeconds());
            case ExpireWithdrawal c -> expire(withdrawals.get(c.withdrawal()), c.finalBlockSeconds());
            case FinaliseWithdrawal c -> finalise(withdrawals.get(c.withdrawal()));
            case RequestExit c -> exit(new SlowKey(c.account(), c.asset()));
            case CancelExit c -> endExit(new SlowKey(c.account(), c.asset()), 0);
            case FinaliseExit c -> finaliseExit(new SlowKey(c.account(), c.asset()), c.amount());
        };
    }

    /** M7. */
    private @Nullable RefusalReason open(MarketSpec s) {
        if (markets.containsKey(s.id())) return MARKET_EXISTS;
        if (!isValid(s) || !isValid(s.bounds()) || !isValid(s.bonds(), s.fees())) return MARKET_INVALID;
        if (markets.size() >= limits.markets()) return ENGINE_FULL;
        if (balances.isFull(new SlowKey(s.fees().account(), s.quote()))) return ENGINE_FULL;
        balances.make(s.fees().account(), s.quote());
        markets.put(s.id(), new SlowMarket(s));
        events.add(new MarketOpened(s));
        return null;
    }

    private static boolean isValid(MarketSpec s) {
        long reference = s.band().referencePriceTicks();
        return !s.base().equals(s.quote())
                && Math.min(s.baseUnitsPerLot(), s.quoteUnitsPerTickLot()) > 0
                && isWithin(0, s.band().basisPoints(), 10_000)
                && reference >= 0
                && (s.bounds().tickSize() < 1 || reference % s.bounds().tickSize() == 0);
    }

    private static boolean isValid(OrderBounds b) {
        LongStream positive = LongStream.of(
                b.tickSize(), b.lotSize(), b.minimumOrderLots(), b.minimumFillLots(), b.maximumIcebergParts());
        return positive.allMatch(n -> n > 0)
                && b.minimumFillLots() <= b.minimumOrderLots()
                && b.minimumOrderLots() <= b.maximumOrderLots()
                && b.minimumOrderLots() % b.lotSize() == 0
                && b.minimumFillLots() % b.lotSize() == 0;
    }

    private static boolean isValid(BondTerms b, FeeTerms f) {
        boolean buyers = b.buyers() == Backing.BONDED;
        boolean sellers = b.sellers() == Backing.BONDED;
        boolean bonded = buyers || sellers;
        return isWithin(-10_000, f.makerBasisPoints(), 10_000)
                && isWithin(0, f.takerBasisPoints(), 10_000)
                && f.makerBasisPoints() + f.takerBasisPoints() >= 0
                && !(buyers && sellers)
                && isWithin(bonded ? 1 : 0, b.basisPoints(), bonded ? 100_000 : 0)
                && !(buyers && (f.makerBasisPoints() != 0 || f.takerBasisPoints() != 0));
    }

    private static boolean isWithin(int least, int number, int most) {
        return least <= number && number <= most;
    }

    /** M29. */
    private @Nullable RefusalReason state(@Nullable SlowMarket m, MarketState state) {
        if (m == null) return UNKNOWN_MARKET;
        if (!m.is(MarketState.AUCTION)) m.said = m.noPrice();
        m.spec = m.spec.with(state);
        events.add(new MarketStateChanged(m.spec.id(), state));
        if (state == MarketState.OPEN || state == MarketState.POST_ONLY) uncross(m);
        return null;
    }

    /** M32. */
    private void sayIndicative(SlowMarket m) {
        IndicativePrice is = m.indicative();
        if (!is.equals(m.said)) events.add(is);
        m.said = is;
    }

    /** M13. */
    private @Nullable RefusalReason reference(@Nullable SlowMarket m, long price) {
        if (m == null) return UNKNOWN_MARKET;
        if (price < 0 || price % m.tick() != 0) return PRICE_INVALID;
        m.spec = m.spec.with(new PriceBand(m.spec.band().basisPoints(), price));
        events.add(new ReferencePriceChanged(m.spec.id(), price));
        return null;
    }

    /** M47. */
    private @Nullable RefusalReason expire(long time) {
        now = Math.max(now, time);
        List<SlowOrder> late = those(o -> o.terms.expirySeconds() != 0 && o.terms.expirySeconds() < now);
        late.stream().sorted(comparingLong(o -> o.terms.expirySeconds())).forEach(o -> drop(o, CancelReason.EXPIRED));
        return null;
    }

    /** M26. */
    private @Nullable RefusalReason cancel(@Nullable SlowOrder o, AccountId account) {
        if (o == null) return UNKNOWN_ORDER;
        if (!o.account().equals(account)) return NOT_OWNER;
        if (o.market.is(MarketState.HALTED)) return MARKET_HALTED;
        drop(o, CancelReason.REQUESTED);
        return null;
    }

    private @Nullable RefusalReason cancelAll(CancelScope scope) {
        List<SlowOrder> all;
        if (scope instanceof CancelScope.OfMarket(MarketId market)) {
            SlowMarket m = markets.get(market);
            if (m == null) return UNKNOWN_MARKET;
            all = Stream.of(m.book(BUY), m.book(SELL), m.stops(BUY), m.stops(SELL))
                    .flatMap(List::stream)
                    .toList();
        } else {
            all = those(o -> !o.market.is(MarketState.HALTED) && isIn(scope, o));
        }
        all.forEach(o -> drop(o, CancelReason.MASS_CANCEL));
        events.add(new AllCancelled(all.size()));
        return null;
    }

    private static boolean isIn(CancelScope scope, SlowOrder o) {
        OrderLabels is = o.given.labels();
        return switch (scope) {
            case CancelScope.OfAccount s -> o.account().equals(s.account());
            case CancelScope.OfAccountInMarket s ->
                o.account().equals(s.account()) && o.given.market().equals(s.market());
            case CancelScope.OfSession s ->
                o.account().equals(s.account()) && is.session() == s.session() && s.session() != 0;
            case CancelScope.OfDisconnectGroup s ->
                o.account().equals(s.account())
                        && is.disconnectGroup() == s.disconnectGroup()
                        && s.disconnectGroup() != 0;
            case CancelScope.OfMarket s -> o.given.market().equals(s.market());
        };
    }

    // What there is

    Stream<OpenOrder> orders() {
        return orders.values().stream().map(SlowModel::open);
    }

    Set<FillId> fills() {
        return fills.keySet();
    }

    private static OpenOrder open(SlowOrder o) {
        return new OpenOrder(o.id(), o.given.market(), o.account(), o.terms, o.given.labels(), o.left, o.visible);
    }

    @Override
    public Optional<OpenOrder> order(OrderId order) {
        return Optional.ofNullable(orders.get(order)).map(SlowModel::open);
    }

    @Override
    public Balance balance(AccountId account, AssetId asset) {
        return balances.look(new SlowKey(account, asset)).balance();
    }

    @Override
    public BookSnapshot book(MarketId market, int depth) {
        SlowMarket m = markets.get(market);
        if (m == null) return new BookSnapshot(market, List.of(), List.of());
        return new BookSnapshot(market, levels(m, BUY, depth), levels(m, SELL, depth));
    }

    private static List<BookLevel> levels(SlowMarket m, Side side, int depth) {
        Stream<LevelChanged> levels = m.book(side).stream().map(m::level).distinct();
        return levels.limit(depth)
                .map(level -> new BookLevel(level.priceTicks(), level.visibleLots(), level.orderCount()))
                .toList();
    }
}
