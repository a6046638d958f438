package io.quoin.matching;

import java.util.Arrays;

/**
 * Memory for price levels, in chunks of 64 neighbouring prices: a chunk has one word of bits that says which of its
 * levels have orders, and four numbers for each level. Shared by all books.
 */
final class Levels {
    static final int NONE = -1;
    static final int CHUNK_BITS = 6;

    private static final int ENDS = 0; // first order, last order
    private static final int VISIBLE = 1;
    private static final int REMAINING = 2;
    private static final int COUNT = 3;

    private final int limit;
    private long[] cells = new long[0];
    private long[] occupied = new long[0];
    private int[] free = new int[0];
    private int chunks;
    private int freeCount;

    Levels(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return freeCount == 0 && chunks == limit;
    }

    /** Takes a chunk without orders; there must be one. */
    int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (chunks == occupied.length) {
            int next = Rows.next(chunks, limit);
            cells = Arrays.copyOf(cells, next << (CHUNK_BITS + 2));
            occupied = Arrays.copyOf(occupied, next);
            free = Arrays.copyOf(free, next);
        }
        return chunks++;
    }

    void giveBack(int chunk) {
        free[freeCount++] = chunk;
    }

    /** The levels of a chunk that have orders, one bit each. */
    long occupied(int chunk) {
        return occupied[chunk];
    }

    void occupy(int level) {
        occupied[level >> CHUNK_BITS] |= 1L << level;
        cells[(level << 2) + VISIBLE] = 0;
        cells[(level << 2) + REMAINING] = 0;
        cells[(level << 2) + COUNT] = 0;
    }

    /** Takes the mark off, and tells whether the chunk has no orders now. */
    boolean vacate(int level) {
        return (occupied[level >> CHUNK_BITS] &= ~(1L << level)) == 0;
    }

    /** Tells whether a level has one order, and its chunk no other level. */
    boolean isAlone(int level) {
        return count(level) == 1 && occupied[level >> CHUNK_BITS] == 1L << level;
    }

    boolean isOccupied(int level) {
        return (occupied[level >> CHUNK_BITS] & (1L << level)) != 0;
    }

    int first(int level) {
        return Rows.high(cells[(level << 2) + ENDS]);
    }

    int last(int level) {
        return Rows.low(cells[(level << 2) + ENDS]);
    }

    void ends(int level, int first, int last) {
        cells[(level << 2) + ENDS] = Rows.pack(first, last);
    }

    void first(int level, int order) {
        int at = (level << 2) + ENDS;
        cells[at] = Rows.withHigh(cells[at], order);
    }

    void last(int level, int order) {
        int at = (level << 2) + ENDS;
        cells[at] = Rows.withLow(cells[at], order);
    }

    /** What its orders show together, in lots. */
    long visible(int level) {
        return cells[(level << 2) + VISIBLE];
    }

    /** What remains of its orders, hidden quantity included, in lots. It may wrap around; see {@link Ladder}. */
    long remaining(int level) {
        return cells[(level << 2) + REMAINING];
    }

    int count(int level) {
        return (int) cells[(level << 2) + COUNT];
    }

    void add(int level, long visible, long remaining) {
        int at = level << 2;
        cells[at + VISIBLE] += visible;
        cells[at + REMAINING] += remaining;
    }

    void count(int level, int change) {
        cells[(level << 2) + COUNT] += change;
    }
}
