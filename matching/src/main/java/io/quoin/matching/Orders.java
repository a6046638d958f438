package io.quoin.matching;

import static io.quoin.matching.Rows.high;
import static io.quoin.matching.Rows.low;
import static io.quoin.matching.Rows.pack;
import static io.quoin.matching.Rows.withHigh;
import static io.quoin.matching.Rows.withLow;

import java.util.Arrays;

/**
 * Every open order, found by id. What every order has lies in its row of the slab, one cache line; what not every order
 * has lies elsewhere ({@code warm}, {@code rare}), and tags say which of it is there: the rest is neither written nor
 * read. A row's number stands for the order until it is closed, and is given to another order then.
 */
final class Orders extends OrderIndex {
    static final int ID = 0;
    static final int PRICE = 1;
    static final int REMAINING = 2;
    static final int TOTAL = 3;
    static final int BALANCES = 4; // balance that it reserves from, the other one
    static final int LEVEL = 5; // account's row, level
    static final int TAGS = 6; // trade group, tags
    static final int SEQUENCE = 7;

    private static final int VISIBLE = 0; // of an iceberg
    private static final int DISPLAY = 1;
    private static final int EXPIRY = 2;
    private static final int MEMORY = 3; // place in the expiry queue, row of the client order id
    private static final int SESSION = 4;
    private static final int GROUP = 5; // disconnect group, slippage

    private static final int STOP_PRICE = 0;
    private static final int MINIMUM = 1;

    private final int limit;
    private long[] warm = new long[0];
    private long[] rare = new long[0];

    /** Makes room for as many orders as the limits say; the salt is for {@link OrderIndex}. */
    Orders(EngineLimits limits, long salt) {
        super(salt, limits.rows());
        this.limit = limits.orders();
    }

    /** The orders' numbers, eight for each; another array once an order was opened. */
    long[] rows() {
        return numbers();
    }

    int limit() {
        return limit;
    }

    /** Takes a row for an order of an account that has this number of arrival; its id is not taken, and there is a row. */
    int open(long id, int account, long sequence) {
        int order = take();
        long[] rows = numbers();
        put(id, order);
        int at = order << 3;
        rows[at + ID] = id;
        rows[at + LEVEL] = pack(account, Levels.NONE);
        rows[at + SEQUENCE] = sequence;
        return order;
    }

    /** Writes what every order has beside. */
    void write(int order, long price, long lots, int tradeGroup, int tags) {
        long[] rows = numbers();
        int at = order << 3;
        rows[at + PRICE] = price;
        rows[at + REMAINING] = lots;
        rows[at + TOTAL] = lots;
        rows[at + TAGS] = pack(tradeGroup, tags);
    }

    /** Gives an order another id, which is not taken. */
    void rename(int order, long id) {
        rename(id(order), id, order);
        set(order, ID, id);
    }

    /** Gives the row of an order that is in no list any more back. */
    void close(int order) {
        remove(id(order), order);
        giveBack(order);
    }

    long id(int order) {
        return get(order, ID);
    }

    long price(int order) {
        return get(order, PRICE);
    }

    void price(int order, long ticks) {
        set(order, PRICE, ticks);
    }

    long remaining(int order) {
        return get(order, REMAINING);
    }

    void remaining(int order, long lots) {
        set(order, REMAINING, lots);
    }

    /** What the book shows of an order: nothing before it rests or while it waits. */
    long visible(int order) {
        int tags = tags(order);
        if (level(order) == Levels.NONE || Tags.waits(tags)) {
            return 0;
        }
        return Tags.isIceberg(tags) ? warm[(order << 3) + VISIBLE] : remaining(order);
    }

    /** What the book shows of an order that rests. */
    long shown(int order) {
        return Tags.isIceberg(tags(order)) ? warm[(order << 3) + VISIBLE] : remaining(order);
    }

    /** Only of an iceberg; others show what remains. */
    void visible(int order, long lots) {
        ensureWarm(order);
        warm[(order << 3) + VISIBLE] = lots;
    }

    int account(int order) {
        return high(get(order, LEVEL));
    }

    /** Returns the id of an order's account. */
    long accountId(int order) {
        return get(account(order), Accounts.ID);
    }

    int level(int order) {
        return low(get(order, LEVEL));
    }

    void level(int order, int level) {
        set(order, LEVEL, withLow(get(order, LEVEL), level));
    }

    int tradeGroup(int order) {
        return high(get(order, TAGS));
    }

    /** What does not change often, packed as {@link Tags} says. */
    int tags(int order) {
        return low(get(order, TAGS));
    }

    void tags(int order, int tags) {
        set(order, TAGS, withLow(get(order, TAGS), tags));
    }

    long sequence(int order) {
        return get(order, SEQUENCE);
    }

    void sequence(int order, long sequence) {
        set(order, SEQUENCE, sequence);
    }

    /** The row of the balance that the order reserves from. */
    int reserving(int order) {
        return high(get(order, BALANCES));
    }

    /** The row of the owner's balance in the market's other asset. */
    int receiving(int order) {
        return low(get(order, BALANCES));
    }

    /** The rows of both balances, the one that it reserves from in the upper half. */
    long balances(int order) {
        return get(order, BALANCES);
    }

    void balances(int order, int reserving, int receiving) {
        set(order, BALANCES, pack(reserving, receiving));
    }

    /** The quantity less what reductions took. */
    long total(int order) {
        return get(order, TOTAL);
    }

    void total(int order, long lots) {
        set(order, TOTAL, lots);
    }

    long display(int order) {
        return !Tags.isIceberg(tags(order)) ? 0 : warm[(order << 3) + DISPLAY];
    }

    void display(int order, long lots) {
        ensureWarm(order);
        warm[(order << 3) + DISPLAY] = lots;
    }

    long expiry(int order) {
        return !Tags.expires(tags(order)) ? 0 : warm[(order << 3) + EXPIRY];
    }

    void expiry(int order, long seconds) {
        ensureWarm(order);
        warm[(order << 3) + EXPIRY] = seconds;
    }

    int expiryPlace(int order) {
        return high(warm[(order << 3) + MEMORY]);
    }

    void expiryPlace(int order, int place) {
        ensureWarm(order);
        int at = (order << 3) + MEMORY;
        warm[at] = withHigh(warm[at], place);
    }

    int clientOrder(int order) {
        return !Tags.isRemembered(tags(order)) ? NONE : low(warm[(order << 3) + MEMORY]);
    }

    /** Remembers the row of the order's client order id, or {@link #NONE} to forget it. */
    void clientOrder(int order, int row) {
        ensureWarm(order);
        int at = (order << 3) + MEMORY;
        warm[at] = withLow(warm[at], row);
        tags(order, Tags.remembered(tags(order), row != NONE));
    }

    long session(int order) {
        return !Tags.isLabelled(tags(order)) ? 0 : warm[(order << 3) + SESSION];
    }

    /** Only of an order whose tags say that it has such. */
    void labels(int order, long session, int disconnectGroup, int slippage) {
        ensureWarm(order);
        warm[(order << 3) + SESSION] = session;
        warm[(order << 3) + GROUP] = pack(disconnectGroup, slippage);
    }

    int disconnectGroup(int order) {
        return Tags.isLabelled(tags(order)) ? high(warm[(order << 3) + GROUP]) : 0;
    }

    int slippage(int order) {
        return Tags.isLabelled(tags(order)) ? low(warm[(order << 3) + GROUP]) : 0;
    }

    long stopPrice(int order) {
        return Tags.isRare(tags(order)) ? rare[(order << 1) + STOP_PRICE] : 0;
    }

    long minimum(int order) {
        return Tags.isRare(tags(order)) ? rare[(order << 1) + MINIMUM] : 0;
    }

    /** Only of an order whose tags say that it has such. */
    void stopPriceAndMinimum(int order, long stopPrice, long minimum) {
        ensureRare(order);
        rare[(order << 1) + STOP_PRICE] = stopPrice;
        rare[(order << 1) + MINIMUM] = minimum;
    }

    private void ensureWarm(int order) {
        if (order << 3 >= warm.length) {
            warm = Arrays.copyOf(warm, numbers().length);
        }
    }

    private void ensureRare(int order) {
        if (order << 1 >= rare.length) {
            rare = Arrays.copyOf(rare, numbers().length >> 2);
        }
    }
}
