package io.quoin.matching.bench;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The plain book: a sorted map of queues a side and a hash map by id. It says what is right, and the streams are
 * generated with it; as an engine it shows what care in the others buys.
 */
final class TreeMapBook implements StreamBook {
    /** A resting order, linked to its neighbours in the queue of its price. */
    static final class Order {
        final long id;
        final int owner;
        final boolean buy;
        final Level level;
        long remaining;

        @Nullable
        Order earlier;

        @Nullable
        Order later;

        private Order(long id, int owner, boolean buy, Level level, long remaining) {
            this.id = id;
            this.owner = owner;
            this.buy = buy;
            this.level = level;
            this.remaining = remaining;
        }
    }

    /** The queue of one price. */
    static final class Level {
        final long price;

        @Nullable
        Order first;

        @Nullable
        Order last;

        private Level(long price) {
            this.price = price;
        }
    }

    private final NavigableMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Level> asks = new TreeMap<>();
    private final Map<Long, Order> orders = new HashMap<>();
    private final Checksum checksum;

    TreeMapBook(Checksum checksum) {
        this.checksum = checksum;
    }

    @Override
    public void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate) {
        long left = match(id, buy, price, quantity);
        if (left > 0 && immediate) {
            checksum.expired(id, left);
        } else if (left > 0) {
            rest(id, owner, buy, price, left);
        }
    }

    @Override
    public void cancel(long id, int owner) {
        Order order = orders.remove(id);
        if (order == null) {
            checksum.rejected(id);
            return;
        }
        unlink(order);
        checksum.cancelled(id, order.remaining);
    }

    @Override
    public void move(long id, int owner, boolean buy, long price) {
        Order order = orders.remove(id);
        if (order == null) {
            checksum.rejected(id);
            return;
        }
        unlink(order);
        long left = match(id, buy, price, order.remaining);
        if (left > 0) {
            rest(id, owner, buy, price, left);
        }
    }

    @Override
    public void reduce(long id, int owner, long remaining, long by) {
        Order order = orders.get(id);
        if (order == null) {
            checksum.rejected(id);
            return;
        }
        order.remaining = remaining;
        checksum.reduced(id, by);
    }

    /** Returns the resting order of that id. */
    @Nullable
    Order find(long id) {
        return orders.get(id);
    }

    /** Returns how many orders rest. */
    int resting() {
        return orders.size();
    }

    /** Returns how many prices have orders. */
    int levels() {
        return bids.size() + asks.size();
    }

    /** Returns a side's best price, or what is given if it is empty. */
    long best(boolean buy, long otherwise) {
        NavigableMap<Long, Level> side = side(buy);
        return side.isEmpty() ? otherwise : side.firstKey();
    }

    /** Returns a side's worst price; it must not be empty. */
    long worst(boolean buy) {
        return side(buy).lastKey();
    }

    boolean isEmpty(boolean buy) {
        return side(buy).isEmpty();
    }

    private NavigableMap<Long, Level> side(boolean buy) {
        return buy ? bids : asks;
    }

    private long match(long id, boolean buy, long price, long quantity) {
        NavigableMap<Long, Level> side = side(!buy);
        long left = quantity;
        while (left > 0) {
            Map.Entry<Long, Level> best = side.firstEntry();
            if (best == null || (buy ? best.getKey() > price : best.getKey() < price)) {
                return left;
            }
            left = take(id, left, best.getValue());
            if (best.getValue().first == null) {
                side.remove(best.getKey());
            }
        }
        return left;
    }

    /** Takes from a level, first come first, and returns what is left to take. */
    private long take(long taker, long quantity, Level level) {
        long left = quantity;
        while (left > 0 && level.first != null) {
            Order maker = level.first;
            long traded = Math.min(left, maker.remaining);
            checksum.trade(taker, maker.id, level.price, traded);
            left -= traded;
            maker.remaining -= traded;
            if (maker.remaining == 0) {
                orders.remove(maker.id);
                detach(maker);
            }
        }
        return left;
    }

    private void rest(long id, int owner, boolean buy, long price, long quantity) {
        Level level = side(buy).computeIfAbsent(price, Level::new);
        Order order = new Order(id, owner, buy, level, quantity);
        order.earlier = level.last;
        if (level.last == null) {
            level.first = order;
        } else {
            level.last.later = order;
        }
        level.last = order;
        orders.put(id, order);
    }

    private void unlink(Order order) {
        detach(order);
        if (order.level.first == null) {
            side(order.buy).remove(order.level.price);
        }
    }

    private static void detach(Order order) {
        if (order.earlier == null) {
            order.level.first = order.later;
        } else {
            order.earlier.later = order.later;
        }
        if (order.later == null) {
            order.level.last = order.earlier;
        } else {
            order.later.earlier = order.earlier;
        }
    }
}
