package io.quoin.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The open orders of one side of one market, best price first and at one price oldest first. */
final class BookSide {
    private final TreeMap<Long, Level> levels;

    BookSide(Side side) {
        levels = new TreeMap<>(side == Side.BUY ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
    }

    Optional<Order> first() {
        return levels.isEmpty()
                ? Optional.empty()
                : Optional.of(levels.firstEntry().getValue().first());
    }

    void add(Order order) {
        levels.computeIfAbsent(order.priceTicks(), price -> new Level()).add(order);
    }

    void remove(Order order) {
        Level level = levelOf(order);
        level.remove(order);
        if (level.isEmpty()) {
            levels.remove(order.priceTicks());
        }
    }

    /** Takes a part of an order out of its level, and leaves the order where it is. */
    void reduce(Order order, long lots) {
        levelOf(order).totalLots -= lots;
        order.reduce(lots);
    }

    List<BookLevel> best(int depth) {
        List<BookLevel> best = new ArrayList<>();
        for (var entry : levels.entrySet()) {
            if (best.size() >= depth) {
                break;
            }
            Level level = entry.getValue();
            best.add(new BookLevel(entry.getKey(), level.totalLots, level.queue.size()));
        }
        return best;
    }

    void hashInto(StateHash hash) {
        hash.add(levels.size());
        for (Level level : levels.values()) {
            hash.add(level.queue.size());
            level.queue.values().forEach(order -> order.hashInto(hash));
        }
    }

    private Level levelOf(Order order) {
        Level level = levels.get(order.priceTicks());
        if (level == null) {
            throw new IllegalStateException("an order that is not in the book: " + order.id());
        }
        return level;
    }

    /** The queue at one price. Its total fits in a {@code long}, since each order's reserve does and is held. */
    private static final class Level {
        private final SequencedMap<OrderId, Order> queue = new LinkedHashMap<>();
        private long totalLots;

        Order first() {
            return queue.firstEntry().getValue();
        }

        boolean isEmpty() {
            return queue.isEmpty();
        }

        void add(Order order) {
            queue.put(order.id(), order);
            totalLots += order.remainingLots();
        }

        void remove(Order order) {
            queue.remove(order.id());
            totalLots -= order.remainingLots();
        }
    }
}
