package io.quoin.matching;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds books, fills and balances from the events alone (M2), order by order (L3) and from {@code LevelChanged} level by
 * level (L2), checks what must hold of them after every command, and compares them with what answered.
 */
final class EventBook {
    private record Place(MarketId market, Side side, long priceTicks) {}

    private static final class Known {
        final OrderId id;
        final MarketId market;
        final AccountId account;
        OrderTerms terms;
        long remaining;
        long visible;

        @Nullable
        Place place;

        Known(OrderId id, MarketId market, AccountId account, OrderTerms terms) {
            this.id = id;
            this.market = market;
            this.account = account;
            this.terms = terms;
            this.remaining = terms.quantityLots();
        }
    }

    private final Map<MarketId, MarketState> states = new HashMap<>();
    private final Map<OrderId, Known> orders = new TreeMap<>(java.util.Comparator.comparingLong(OrderId::value));
    private final Map<Place, List<Known>> levels = new HashMap<>();
    private final Map<Place, BookLevel> said = new HashMap<>();
    private final EventBalances balances = new EventBalances();
    private @Nullable Long auctionPrice;

    /** Follows the answer to a command. */
    void follow(Command command, List<Event> events) {
        checkWholeOrRefused(events);
        auctionPrice = null;
        boolean balancesBegan = false;
        for (Event event : events) {
            boolean isBalance = event instanceof Event.BalanceChanged;
            assertThat(balancesBegan && !isBalance).as("balances stand last").isFalse();
            balancesBegan = isBalance;
            follow(event);
        }
        balances.follow(command, events);
        events.stream()
                .filter(event -> event instanceof Event.LevelChanged)
                .forEach(event -> checkLevel((Event.LevelChanged) event));
    }

    /** Compares all that was rebuilt with what a subject says that there is. */
    void compareWith(Subject subject) {
        Map<Place, BookLevel> shown = new HashMap<>();
        levels.forEach((place, queue) -> shown.put(
                place,
                new BookLevel(
                        place.priceTicks(),
                        queue.stream().mapToLong(o -> o.visible).sum(),
                        queue.size())));
        assertThat(said).as("levels as they were said").isEqualTo(shown);
        states.forEach((market, state) -> {
            BookSnapshot book = subject.book(market, Integer.MAX_VALUE);
            assertThat(book.bids()).isEqualTo(side(market, Side.BUY).reversed());
            assertThat(book.asks()).isEqualTo(side(market, Side.SELL));
            if (state == MarketState.OPEN || state == MarketState.POST_ONLY) {
                assertThat(isCrossed(book)).as("M18 not crossed").isFalse();
            }
        });
        orders.values().forEach(o -> {
            OpenOrder open = subject.order(o.id).orElseThrow();
            assertThat(open.remainingLots()).isEqualTo(o.remaining);
            assertThat(open.visibleLots()).isEqualTo(o.visible);
            assertThat(open.account()).isEqualTo(o.account);
            assertThat(open.terms().priceTicks()).isEqualTo(o.terms.priceTicks());
            assertThat(open.terms().quantityLots()).isEqualTo(o.terms.quantityLots());
        });
        balances.compareWith(subject);
    }

    private static boolean isCrossed(BookSnapshot book) {
        return !book.bids().isEmpty()
                && !book.asks().isEmpty()
                && book.bids().getFirst().priceTicks() >= book.asks().getFirst().priceTicks();
    }

    private List<BookLevel> side(MarketId market, Side side) {
        return said.entrySet().stream()
                .filter(level ->
                        level.getKey().market().equals(market) && level.getKey().side() == side)
                .map(Map.Entry::getValue)
                .sorted(java.util.Comparator.comparingLong(BookLevel::priceTicks))
                .toList();
    }

    private static void checkWholeOrRefused(List<Event> events) {
        boolean refused = events.stream()
                .anyMatch(event -> event instanceof Event.CommandRefused
                        || event instanceof Event.OrderRejected
                        || event instanceof Event.AmendRejected
                        || event instanceof Event.ClientOrderRepeated);
        assertThat(refused ? events.size() : 1).as("M1 refused by one event").isEqualTo(1);
    }

    private void follow(Event event) {
        switch (event) {
            case Event.MarketOpened e -> states.put(e.spec().id(), e.spec().state());
            case Event.MarketStateChanged e -> states.put(e.market(), e.state());
            case Event.AuctionUncrossed e -> auctionPrice = e.priceTicks();
            case Event.OrderAccepted e ->
                assertThat(orders.put(e.order(), new Known(e.order(), e.market(), e.account(), e.terms())))
                        .as("an id of one open order")
                        .isNull();
            case Event.OrderAmended e -> amend(e);
            case Event.OrderTriggered e -> {
                Known o = known(e.order());
                o.terms = e.priceTicks() == 0 ? o.terms : o.terms.price(e.priceTicks());
            }
            case Event.Filled e -> fill(e);
            case Event.OrderRested e -> rest(e);
            case Event.OrderReduced e -> {
                Known o = known(e.order());
                o.terms = o.terms.quantity(o.terms.quantityLots() - e.reducedLots());
                o.remaining -= e.reducedLots();
                o.visible = e.visibleLots();
                assertThat(e.reducedLots()).isPositive();
                assertThat(e.remainingLots()).isEqualTo(o.remaining).isPositive();
            }
            case Event.OrderCancelled e -> {
                assertThat(e.remainingLots())
                        .isEqualTo(known(e.order()).remaining)
                        .isPositive();
                assertThat(e.account()).isEqualTo(known(e.order()).account);
                remove(known(e.order()));
            }
            case Event.LevelChanged e -> said(e);
            case Event.BalanceChanged e -> {}
            case Event.FillSettled e -> {}
            case Event.FillReturned e -> {}
            case Event.FillForfeited e -> {}
            case Event.WithdrawalChanged e -> {}
            case Event.ExitChanged e -> {}
            case Event.IndicativePrice e -> assertThat(e.matchedLots() > 0).isEqualTo(e.priceTicks() > 0);
            case Event.ReferencePriceChanged e -> {}
            case Event.AllCancelled e -> {}
            case Event.OrderRejected e -> {}
            case Event.AmendRejected e -> {}
            case Event.ClientOrderRepeated e -> {}
            case Event.CommandRefused e -> {}
        }
    }

    private Known known(OrderId id) {
        return requireNonNull(orders.get(id), () -> "an event names " + id + ", which is not open");
    }

    private void amend(Event.OrderAmended e) {
        Known old = known(e.order());
        remove(old);
        OrderTerms terms =
                old.terms.price(e.priceTicks()).quantity(e.quantityLots()).display(e.displayLots());
        orders.put(e.newOrder(), new Known(e.newOrder(), old.market, old.account, terms));
    }

    private void rest(Event.OrderRested e) {
        Known o = known(e.order());
        leave(o);
        o.place = new Place(e.market(), e.side(), e.priceTicks());
        o.visible = e.visibleLots();
        assertThat(e.priceTicks()).isEqualTo(o.terms.priceTicks());
        assertThat(e.remainingLots()).isEqualTo(o.remaining).isGreaterThanOrEqualTo(o.visible);
        assertThat(o.visible).isPositive();
        levels.computeIfAbsent(o.place, place -> new ArrayList<>()).add(o);
    }

    private void fill(Event.Filled e) {
        Known maker = known(e.maker());
        Known taker = known(e.taker());
        assertThat(maker).as("M18 the best price, then the oldest").isSameAs(first(e.market(), maker));
        assertThat(e.makerAccount()).isEqualTo(maker.account).isNotEqualTo(e.takerAccount());
        assertThat(e.takerAccount()).isEqualTo(taker.account);
        long price = auctionPrice == null || taker.place == null ? maker.terms.priceTicks() : auctionPrice;
        assertThat(e.priceTicks()).as("R3 the maker's price, or the auction's").isEqualTo(price);
        Stream.of(maker, taker).forEach(o -> {
            boolean buys = o.terms.side() == Side.BUY;
            assertThat(buys ? price <= o.terms.priceTicks() : price >= o.terms.priceTicks())
                    .as("within both limits")
                    .isTrue();
            o.remaining -= e.quantityLots();
            o.visible -= o.place == null ? 0 : e.quantityLots();
            assertThat(Math.min(o.remaining, o.visible)).isNotNegative();
        });
        assertThat(e.makerRemainingLots()).isEqualTo(maker.remaining);
        assertThat(e.takerRemainingLots()).isEqualTo(taker.remaining);
        Stream.of(maker, taker).filter(o -> o.remaining == 0).forEach(this::remove);
    }

    private Known first(MarketId market, Known one) {
        Side side = one.terms.side();
        var prices = levels.keySet().stream()
                .filter(place -> place.market().equals(market) && place.side() == side)
                .mapToLong(Place::priceTicks);
        long best = side == Side.BUY ? prices.max().orElse(0) : prices.min().orElse(0);
        return requireNonNull(levels.get(new Place(market, side, best))).getFirst();
    }

    private void remove(Known o) {
        orders.remove(o.id);
        leave(o);
    }

    private void leave(Known o) {
        if (o.place != null) {
            List<Known> queue = requireNonNull(levels.get(o.place));
            queue.remove(o);
            if (queue.isEmpty()) {
                levels.remove(o.place);
            }
        }
    }

    private void said(Event.LevelChanged e) {
        Place place = new Place(e.market(), e.side(), e.priceTicks());
        said.put(place, new BookLevel(e.priceTicks(), e.visibleLots(), e.orderCount()));
        if (e.orderCount() == 0) {
            said.remove(place);
        }
    }

    /** What was said last of a level in a command holds when the command is done. */
    private void checkLevel(Event.LevelChanged e) {
        Place place = new Place(e.market(), e.side(), e.priceTicks());
        List<Known> queue = levels.getOrDefault(place, List.of());
        BookLevel is = new BookLevel(
                e.priceTicks(), queue.stream().mapToLong(o -> o.visible).sum(), queue.size());
        assertThat(said.getOrDefault(place, new BookLevel(e.priceTicks(), 0, 0)))
                .isEqualTo(is);
    }
}
