package io.quoin.matching;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All markets and the orders that rest in them, found by market, by id, by expiry and by the balance that
 * they reserve from. The hash maps answer look-ups only; nothing ever walks through them.
 */
final class OpenOrders {
    private static final Comparator<Order> BY_ID =
            Comparator.comparingLong(order -> order.id().value());

    private final SortedMap<MarketId, Book> books = new TreeMap<>(Comparator.comparingInt(MarketId::value));
    private final Map<OrderId, Order> byId = new HashMap<>();
    private final NavigableSet<Order> byExpiry =
            new TreeSet<>(Comparator.comparingLong(Order::expirySeconds).thenComparing(BY_ID));
    private final Map<BalanceKey, NavigableSet<Order>> byPayer = new HashMap<>();

    Optional<Book> book(MarketId market) {
        return Optional.ofNullable(books.get(market));
    }

    void open(MarketSpec spec) {
        books.put(spec.id(), new Book(spec));
    }

    Optional<Order> order(OrderId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Order> newestOf(BalanceKey payer) {
        return Optional.ofNullable(byPayer.get(payer)).map(NavigableSet::last);
    }

    OptionalLong nextExpirySeconds() {
        return byExpiry.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byExpiry.first().expirySeconds());
    }

    /** Returns the order that expired first, and among those of one second the oldest. */
    Optional<Order> firstExpired(long nowSeconds) {
        return byExpiry.isEmpty()
                ? Optional.empty()
                : Optional.of(byExpiry.first()).filter(o -> o.isExpired(nowSeconds));
    }

    void add(Order order) {
        sideOf(order).add(order);
        byId.put(order.id(), order);
        byExpiry.add(order);
        byPayer.computeIfAbsent(order.payer(), payer -> new TreeSet<>(BY_ID)).add(order);
    }

    void remove(Order order) {
        sideOf(order).remove(order);
        byId.remove(order.id());
        byExpiry.remove(order);
        byPayer.computeIfPresent(order.payer(), (payer, orders) -> {
            orders.remove(order);
            return orders.isEmpty() ? null : orders;
        });
    }

    /** Takes a part of an order out of the book; an order of which nothing remains is gone. */
    void reduce(Order order, long lots) {
        sideOf(order).reduce(order, lots);
        if (order.remainingLots() == 0) {
            remove(order);
        }
    }

    void hashInto(StateHash hash) {
        hash.add(books.size());
        books.values().forEach(book -> book.hashInto(hash));
    }

    private BookSide sideOf(Order order) {
        return book(order.spec().id()).orElseThrow().side(order.side());
    }
}
