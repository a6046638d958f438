package io.quoin.matching;

import java.util.Arrays;

/**
 * One side of a book: levels by price, and in each level a queue of orders. Stop orders that wait stand in ladders
 * too, by their stop price.
 *
 * <p>A price becomes a <em>rank</em>, its number of tick sizes or the complement of that, so that the best price has
 * the highest rank.
 * The ranks' upper bits name a chunk of 64 levels ({@link Levels}). The chunks that have orders stand in an array, by
 * rank, the best last. Since no two of them are the same, a chunk that is n below the last stands at most n places
 * before it; where prices lie close together, as near the best price, it is exactly there, and nothing needs to be
 * searched. Opening or closing a chunk moves those that are better; with tens of thousands of chunks that
 * are at worst some microseconds.
 *
 * <p>Orders and levels are the engine's, and come with each call rather than stand in a field: so compiled code knows
 * that they are those which the caller has just read, and reads nothing twice.
 *
 * <p>Sums over a level's lots do not overflow: what orders reserve is bounded by what the engine may hold of an
 * asset, and where bonds stand for it, by the market's largest order (M7).
 */
final class Ladder {
    private static final int MASK = (1 << Levels.CHUNK_BITS) - 1;
    private static final int SMALLEST = 16;
    private static final long WORST = Long.MIN_VALUE;

    private final long complement; // of a rank, where the lowest price is the best: all ones, else none
    private final long tickSize;
    private long[] keys = new long[SMALLEST];
    private int[] chunks = new int[SMALLEST];
    private int size;
    private int best = Levels.NONE;
    private long bestRank = WORST; // so that every rank is better

    private int walkedLevel;
    private long walkedRank;

    Ladder(boolean highestFirst, long tickSize) {
        this.tickSize = tickSize;
        this.complement = highestFirst ? 0 : -1;
    }

    boolean isEmpty() {
        return best == Levels.NONE;
    }

    /** Returns the best level, or {@link Levels#NONE}. */
    int best() {
        return best;
    }

    /** Returns the price of the best level; there must be one. */
    long bestPrice() {
        return price(bestRank);
    }

    /** Returns the order that is first in the best level; there must be one. */
    int first(Orders orders) {
        return orders.behind(best);
    }

    /** Tells whether the best price is as good as this one, or better, in the sense of this side. */
    boolean reaches(long price) {
        return bestRank >= rank(price);
    }

    /** Puts an order last at a price, and returns its level; {@link Levels#NONE} if no memory for that is left. */
    int append(Orders orders, Levels levels, int order, long price) {
        int level = open(levels, rank(price));
        if (level != Levels.NONE) {
            long[] rows = orders.rows();
            int at = order << 3;
            rows[at + Orders.LEVEL] = Rows.withLow(rows[at + Orders.LEVEL], level);
            orders.append(order, level);
            levels.enter(level, orders.shown(order), rows[at + Orders.REMAINING]);
        }
        return level;
    }

    /** Takes an order out; the level is gone with its last order. */
    void remove(Orders orders, Levels levels, int order, int level, long price) {
        long[] rows = orders.rows();
        orders.remove(order);
        if (levels.leave(level, orders.shown(order), rows[(order << 3) + Orders.REMAINING])) {
            levels.giveBack(level >> Levels.CHUNK_BITS);
            delete(find(rank(price) >> Levels.CHUNK_BITS));
        }
        if (level == best && !levels.isOccupied(level)) {
            findBest(levels);
        }
    }

    /** Takes lots off an order that stays: from what it shows, and from what remains. The order's own numbers too. */
    static void reduce(Orders orders, Levels levels, int order, long visible, long remaining) {
        if (Tags.isIceberg(orders.tags(order))) {
            orders.visible(order, orders.shown(order) - visible);
        }
        orders.remaining(order, orders.remaining(order) - remaining);
        levels.add(orders.level(order), -visible, -remaining);
    }

    /** Puts the order that is first in the best level last, showing so much of what remains. */
    void refresh(Orders orders, Levels levels, int order, long visible) {
        levels.add(best, visible - orders.shown(order), 0);
        orders.visible(order, visible);
        orders.remove(order);
        orders.append(order, best);
    }

    // ---- walking: from the best level on, as long as nothing is changed ----

    /** Starts at the best level; false if there is none. */
    boolean walk() {
        walkedLevel = best;
        walkedRank = bestRank;
        return best != Levels.NONE;
    }

    /** Goes to the next level; false if there is none. */
    boolean walkOn(Levels levels) {
        int at = find(walkedRank >> Levels.CHUNK_BITS);
        long worse = levels.occupied(chunks[at]) & ((1L << walkedRank) - 1);
        if (worse == 0) {
            if (at == 0) {
                return false;
            }
            at--;
            worse = levels.occupied(chunks[at]);
        }
        int offset = highest(worse);
        walkedLevel = (chunks[at] << Levels.CHUNK_BITS) | offset;
        walkedRank = (keys[at] << Levels.CHUNK_BITS) | offset;
        return true;
    }

    int walkedLevel() {
        return walkedLevel;
    }

    long walkedPrice() {
        return price(walkedRank);
    }

    private static int highest(long bits) {
        return MASK - Long.numberOfLeadingZeros(bits);
    }

    private long rank(long price) {
        long steps = tickSize == 1 ? price : price / tickSize;
        return steps ^ complement;
    }

    private long price(long rank) {
        return (rank ^ complement) * tickSize;
    }

    private int open(Levels levels, long rank) {
        long key = rank >> Levels.CHUNK_BITS;
        int at = find(key);
        if (at < 0) {
            if (levels.isFull()) {
                return Levels.NONE;
            }
            at = locate(key) + 1;
            insert(at, key, levels.take());
        }
        int level = (chunks[at] << Levels.CHUNK_BITS) | ((int) rank & MASK);
        if (rank > bestRank) {
            best = level;
            bestRank = rank;
        }
        return level;
    }

    private void findBest(Levels levels) {
        if (size == 0) {
            best = Levels.NONE;
            bestRank = WORST;
            return;
        }
        int chunk = chunks[size - 1];
        int offset = highest(levels.occupied(chunk));
        best = (chunk << Levels.CHUNK_BITS) | offset;
        bestRank = (keys[size - 1] << Levels.CHUNK_BITS) | offset;
    }

    /** Returns the place of a key's chunk, or -1 if there is none. */
    private int find(long key) {
        long[] all = keys;
        int high = size - 1;
        if (high < 0) {
            return high;
        }
        long place = high - (all[high] - key);
        if (place >= 0 && place <= high && all[(int) place] == key) {
            return (int) place;
        }
        int at = locate(key);
        return at >= 0 && all[at] == key ? at : -1;
    }

    /** Returns the place of the last chunk whose key is not above this one, or -1. */
    private int locate(long key) {
        int high = size - 1;
        if (high < 0 || keys[high] <= key) {
            return high;
        }
        // Keys differ by one at least, so what is not above this key cannot end before the place that is as far off.
        long gap = keys[high] - key;
        int low = gap <= high ? high - (int) gap : -1;
        if (low >= 0 && keys[low + 1] > key) {
            return low;
        }
        high--;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (keys[middle] <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void insert(int at, long key, int chunk) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size << 1);
            chunks = Arrays.copyOf(chunks, size << 1);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(chunks, at, chunks, at + 1, size - at);
        keys[at] = key;
        chunks[at] = chunk;
        size++;
    }

    private void delete(int at) {
        size--;
        System.arraycopy(keys, at + 1, keys, at, size - at);
        System.arraycopy(chunks, at + 1, chunks, at, size - at);
    }
}
