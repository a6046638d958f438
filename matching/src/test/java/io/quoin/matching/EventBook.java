package io.quoin.matching;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rebuilds books, fills and balances from the events alone, and compares them with the engine: events say
 * everything, matching is by price and time, and no unit of an asset is lost or made.
 */
final class EventBook {
    private final Map<MarketId, MarketSpec> markets = new HashMap<>();
    private final Map<Long, OpenOrder> orders = new TreeMap<>();
    private final Map<FillId, Event.Filled> fills = new HashMap<>();
    private final Map<BalanceKey, Balance> balances = new HashMap<>();
    private final Map<AssetId, BigInteger> issued = new HashMap<>();
    private final Set<FillId> fillsEver = new HashSet<>();

    void follow(Command command, List<Event> events) {
        boolean refused = events.stream().anyMatch(Event.CommandRefused.class::isInstance);
        switch (command) {
            case Command.Credit credit when !refused -> issue(credit.asset(), BigInteger.valueOf(credit.amount()));
            case Command.Debit debit
            when !refused ->
                issue(debit.asset(), BigInteger.valueOf(debit.amount()).negate());
            default -> assertThat(refused ? events.size() : 1).isEqualTo(1);
        }
        events.forEach(this::follow);
        events.forEach(event -> {
            if (event instanceof Event.OrderAccepted accepted) {
                OpenOrder resting = orders.get(accepted.order().value());
                assertThat(resting == null ? 0 : resting.remainingLots()).isEqualTo(accepted.restingLots());
            }
        });
    }

    void compareWith(Engine engine) {
        orders.values().forEach(order -> assertThat(engine.order(order.order())).contains(order));
        assertThat(engine.nextExpirySeconds().stream().boxed().findFirst())
                .isEqualTo(
                        orders.values().stream().map(OpenOrder::expirySeconds).min(Comparator.naturalOrder()));
        markets.keySet().forEach(market -> compareBook(engine.book(market, Integer.MAX_VALUE)));
        balances.forEach((key, balance) ->
                assertThat(engine.balance(key.account(), key.asset())).isEqualTo(balance));
        checkBalances();
    }

    private void follow(Event event) {
        switch (event) {
            case Event.MarketOpened opened -> markets.put(opened.spec().id(), opened.spec());
            case Event.OrderAccepted a ->
                orders.put(
                        a.order().value(),
                        new OpenOrder(
                                a.order(),
                                a.market(),
                                a.account(),
                                a.side(),
                                a.priceTicks(),
                                a.quantityLots(),
                                a.quantityLots(),
                                a.expirySeconds()));
            case Event.Filled filled -> follow(filled);
            case Event.OrderCancelled cancelled -> {
                OpenOrder order = requireNonNull(orders.remove(cancelled.order().value()));
                assertThat(order.remainingLots())
                        .isEqualTo(cancelled.remainingLots())
                        .isPositive();
                assertThat(order.account()).isEqualTo(cancelled.account());
            }
            case Event.FillSettled settled ->
                assertThat(fills.remove(settled.fill())).isNotNull();
            case Event.FillReturned returned ->
                assertThat(fills.remove(returned.fill())).isNotNull();
            case Event.BalanceChanged b ->
                assertThat(balances.put(new BalanceKey(b.account(), b.asset()), b.after()))
                        .isNotEqualTo(b.after());
            case Event.OrderRejected rejected -> {}
            case Event.CommandRefused refused -> {}
        }
    }

    private void follow(Event.Filled fill) {
        OpenOrder maker = queue(fill.market(), fill.takerSide().opposite()).getFirst();
        OpenOrder taker = requireNonNull(orders.get(fill.taker().value()));
        MarketSpec spec = requireNonNull(markets.get(fill.market()));
        assertThat(fill.maker()).as("the best price, then the oldest").isEqualTo(maker.order());
        assertThat(fill.priceTicks()).as("the maker's price").isEqualTo(maker.priceTicks());
        assertThat(fill.makerAccount()).isEqualTo(maker.account()).isNotEqualTo(fill.takerAccount());
        assertThat(fill.takerAccount()).isEqualTo(taker.account());
        assertThat(fill.baseAmount()).isEqualTo(spec.baseAmount(fill.quantityLots()));
        assertThat(fill.quoteAmount()).isEqualTo(spec.quoteAmount(fill.quantityLots(), maker.priceTicks()));
        reduce(maker, fill.quantityLots(), fill.makerRemainingLots());
        reduce(taker, fill.quantityLots(), fill.takerRemainingLots());
        assertThat(fillsEver.add(fill.fill())).as("a fill's id is its own").isTrue();
        fills.put(fill.fill(), fill);
    }

    private void reduce(OpenOrder o, long lots, long remaining) {
        assertThat(remaining).isEqualTo(o.remainingLots() - lots).isNotNegative();
        assertThat(lots).isPositive();
        orders.put(
                o.order().value(),
                new OpenOrder(
                        o.order(),
                        o.market(),
                        o.account(),
                        o.side(),
                        o.priceTicks(),
                        o.quantityLots(),
                        remaining,
                        o.expirySeconds()));
        if (remaining == 0) {
            orders.remove(o.order().value());
        }
    }

    /** Orders of one side, best first; they are walked by id, so equal prices stay by time. */
    private List<OpenOrder> queue(MarketId market, Side side) {
        Comparator<OpenOrder> byPrice = Comparator.comparingLong(OpenOrder::priceTicks);
        return orders.values().stream()
                .filter(order -> order.market().equals(market) && order.side() == side)
                .sorted(side == Side.BUY ? byPrice.reversed() : byPrice)
                .toList();
    }

    private void compareBook(BookSnapshot book) {
        assertThat(book.bids()).isEqualTo(levels(queue(book.market(), Side.BUY)));
        assertThat(book.asks()).isEqualTo(levels(queue(book.market(), Side.SELL)));
        if (!book.bids().isEmpty() && !book.asks().isEmpty()) {
            assertThat(book.bids().getFirst().priceTicks())
                    .as("not crossed")
                    .isLessThan(book.asks().getFirst().priceTicks());
        }
    }

    private static List<BookLevel> levels(List<OpenOrder> queue) {
        List<BookLevel> levels = new ArrayList<>();
        for (OpenOrder order : queue) {
            long price = order.priceTicks();
            BookLevel same = levels.isEmpty() || levels.getLast().priceTicks() != price
                    ? new BookLevel(price, 0, 0)
                    : levels.removeLast();
            levels.add(new BookLevel(price, same.totalLots() + order.remainingLots(), same.orderCount() + 1));
        }
        return levels;
    }

    private void checkBalances() {
        Map<BalanceKey, Long> reserved = new HashMap<>();
        orders.values().forEach(o -> {
            MarketSpec spec = requireNonNull(markets.get(o.market()));
            BalanceKey payer = new BalanceKey(o.account(), spec.paidBy(o.side()));
            reserved.merge(payer, spec.reserve(o.side(), o.remainingLots(), o.priceTicks()), Math::addExact);
        });
        Map<BalanceKey, Long> settling = new HashMap<>();
        fills.values().forEach(f -> {
            MarketSpec spec = requireNonNull(markets.get(f.market()));
            settling.merge(new BalanceKey(f.seller(), spec.base()), f.baseAmount(), Math::addExact);
            settling.merge(new BalanceKey(f.buyer(), spec.quote()), f.quoteAmount(), Math::addExact);
        });
        Map<AssetId, BigInteger> sums = new HashMap<>();
        balances.forEach((key, is) -> {
            assertThat(Math.min(Math.min(is.available(), is.reserved()), Math.min(is.settling(), is.owed())))
                    .as("R8 nothing is negative")
                    .isNotNegative();
            assertThat(is.reserved()).isEqualTo(reserved.getOrDefault(key, 0L));
            assertThat(is.settling()).isEqualTo(settling.getOrDefault(key, 0L));
            assertThat(is.owed() > 0 && (is.available() > 0 || is.reserved() > 0))
                    .as("who owes has nothing free")
                    .isFalse();
            sums.merge(key.asset(), sum(is), BigInteger::add);
        });
        assertThat(sums).as("credited less debited").isEqualTo(issued);
    }

    private static BigInteger sum(Balance is) {
        return BigInteger.valueOf(is.available())
                .add(BigInteger.valueOf(is.reserved()))
                .add(BigInteger.valueOf(is.settling()))
                .subtract(BigInteger.valueOf(is.owed()));
    }

    private void issue(AssetId asset, BigInteger amount) {
        issued.merge(asset, amount, BigInteger::add);
    }
}
