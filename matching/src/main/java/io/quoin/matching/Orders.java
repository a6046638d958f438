package io.quoin.matching;

import static io.quoin.matching.Rows.high;
import static io.quoin.matching.Rows.low;
import static io.quoin.matching.Rows.pack;
import static io.quoin.matching.Rows.withHigh;
import static io.quoin.matching.Rows.withLow;

import java.util.Arrays;

/**
 * Every open order as a row of numbers, found by id. What matching reads lies in one cache line ({@code hot}), what
 * accounting reads in a second ({@code warm}), what few orders have in a third place ({@code rare}). Tags say which of
 * the parts that not every order has are there; others are neither written nor read. A row's number stands for the
 * order until it is closed, and is given to another order then.
 */
final class Orders {
    static final int NONE = -1;

    private static final int ID = 0;
    private static final int PRICE = 1;
    private static final int REMAINING = 2;
    private static final int PLACE = 3; // order before and behind it at its level; of a free row: the next free one
    private static final int ACCOUNT_PLACE = 4; // the account's order before and behind it
    private static final int LEVEL = 5; // account's row, level
    private static final int TAGS = 6; // trade group, tags
    private static final int SEQUENCE = 7;

    private static final int VISIBLE = 0; // of an iceberg
    private static final int BALANCES = 1; // balance that it reserves from, the other one
    private static final int TOTAL = 2;
    private static final int DISPLAY = 3;
    private static final int EXPIRY = 4;
    private static final int MEMORY = 5; // place in the expiry queue, row of the client order id
    private static final int SESSION = 6;
    private static final int GROUP = 7; // disconnect group, slippage

    private static final int STOP_PRICE = 0;
    private static final int MINIMUM = 1;

    private final int limit;
    private final OrderIndex ids = new OrderIndex();
    private long[] hot = new long[0];
    private long[] warm = new long[0];
    private long[] rare = new long[0];
    private int rows;
    private int free = NONE;

    Orders(int limit) {
        this.limit = limit;
    }

    int size() {
        return ids.size();
    }

    int limit() {
        return limit;
    }

    /** Returns the row of an open order, or {@link #NONE}. */
    int find(long id) {
        return ids.find(id, hot);
    }

    /** Takes a row for an order whose id is not taken; there must be one. */
    int open(long id) {
        int order = free;
        if (order == NONE) {
            order = rows++;
            if (order << 3 == hot.length) {
                grow();
            }
        } else {
            free = low(hot[(order << 3) + PLACE]);
        }
        hot[(order << 3) + ID] = id;
        ids.put(id, order);
        return order;
    }

    /** Gives the row of an order that is in no list any more back. */
    void close(int order) {
        ids.remove(id(order), order);
        hot[(order << 3) + PLACE] = pack(NONE, free);
        free = order;
    }

    long id(int order) {
        return hot[(order << 3) + ID];
    }

    long price(int order) {
        return hot[(order << 3) + PRICE];
    }

    void price(int order, long ticks) {
        hot[(order << 3) + PRICE] = ticks;
    }

    long remaining(int order) {
        return hot[(order << 3) + REMAINING];
    }

    void remaining(int order, long lots) {
        hot[(order << 3) + REMAINING] = lots;
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
        warm[(order << 3) + VISIBLE] = lots;
    }

    int before(int order) {
        return high(hot[(order << 3) + PLACE]);
    }

    int behind(int order) {
        return low(hot[(order << 3) + PLACE]);
    }

    void place(int order, int before, int behind) {
        hot[(order << 3) + PLACE] = pack(before, behind);
    }

    void before(int order, int before) {
        int at = (order << 3) + PLACE;
        hot[at] = withHigh(hot[at], before);
    }

    void behind(int order, int behind) {
        int at = (order << 3) + PLACE;
        hot[at] = withLow(hot[at], behind);
    }

    int account(int order) {
        return high(hot[(order << 3) + LEVEL]);
    }

    int level(int order) {
        return low(hot[(order << 3) + LEVEL]);
    }

    void level(int order, int level) {
        int at = (order << 3) + LEVEL;
        hot[at] = withLow(hot[at], level);
    }

    void accountAndLevel(int order, int account, int level) {
        hot[(order << 3) + LEVEL] = pack(account, level);
    }

    int tradeGroup(int order) {
        return high(hot[(order << 3) + TAGS]);
    }

    /** What does not change often, packed as {@link Tags} says. */
    int tags(int order) {
        return low(hot[(order << 3) + TAGS]);
    }

    void tags(int order, int tags) {
        int at = (order << 3) + TAGS;
        hot[at] = withLow(hot[at], tags);
    }

    void groupAndTags(int order, int tradeGroup, int tags) {
        hot[(order << 3) + TAGS] = pack(tradeGroup, tags);
    }

    long sequence(int order) {
        return hot[(order << 3) + SEQUENCE];
    }

    void sequence(int order, long sequence) {
        hot[(order << 3) + SEQUENCE] = sequence;
    }

    int accountBefore(int order) {
        return high(hot[(order << 3) + ACCOUNT_PLACE]);
    }

    int accountBehind(int order) {
        return low(hot[(order << 3) + ACCOUNT_PLACE]);
    }

    void accountPlace(int order, int before, int behind) {
        hot[(order << 3) + ACCOUNT_PLACE] = pack(before, behind);
    }

    void accountBefore(int order, int before) {
        int at = (order << 3) + ACCOUNT_PLACE;
        hot[at] = withHigh(hot[at], before);
    }

    void accountBehind(int order, int behind) {
        int at = (order << 3) + ACCOUNT_PLACE;
        hot[at] = withLow(hot[at], behind);
    }

    /** The row of the balance that the order reserves from. */
    int reserving(int order) {
        return high(warm[(order << 3) + BALANCES]);
    }

    /** The row of the owner's balance in the market's other asset. */
    int receiving(int order) {
        return low(warm[(order << 3) + BALANCES]);
    }

    void balances(int order, int reserving, int receiving) {
        warm[(order << 3) + BALANCES] = pack(reserving, receiving);
    }

    /** The quantity less what reductions took. */
    long total(int order) {
        return warm[(order << 3) + TOTAL];
    }

    void total(int order, long lots) {
        warm[(order << 3) + TOTAL] = lots;
    }

    long display(int order) {
        return !Tags.isIceberg(tags(order)) ? 0 : warm[(order << 3) + DISPLAY];
    }

    void display(int order, long lots) {
        warm[(order << 3) + DISPLAY] = lots;
    }

    long expiry(int order) {
        return !Tags.expires(tags(order)) ? 0 : warm[(order << 3) + EXPIRY];
    }

    void expiry(int order, long seconds) {
        warm[(order << 3) + EXPIRY] = seconds;
    }

    int expiryPlace(int order) {
        return high(warm[(order << 3) + MEMORY]);
    }

    void expiryPlace(int order, int place) {
        int at = (order << 3) + MEMORY;
        warm[at] = withHigh(warm[at], place);
    }

    int clientOrder(int order) {
        return !Tags.isRemembered(tags(order)) ? NONE : low(warm[(order << 3) + MEMORY]);
    }

    /** Remembers the row of the order's client order id, or {@link #NONE} to forget it. */
    void clientOrder(int order, int row) {
        int at = (order << 3) + MEMORY;
        warm[at] = withLow(warm[at], row);
        tags(order, Tags.remembered(tags(order), row != NONE));
    }

    long session(int order) {
        return !Tags.isLabelled(tags(order)) ? 0 : warm[(order << 3) + SESSION];
    }

    /** Only of an order whose tags say that it has such. */
    void labels(int order, long session, int disconnectGroup, int slippage) {
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
        rare[(order << 1) + STOP_PRICE] = stopPrice;
        rare[(order << 1) + MINIMUM] = minimum;
    }

    private void grow() {
        int next = Rows.next(rows, limit);
        hot = Arrays.copyOf(hot, next << 3);
        warm = Arrays.copyOf(warm, next << 3);
        rare = Arrays.copyOf(rare, next << 1);
    }
}
