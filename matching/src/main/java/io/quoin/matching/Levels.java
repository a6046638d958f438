package io.quoin.matching;

import java.util.Arrays;

/**
 * Memory for price levels, in chunks of 64 neighbouring prices: 64 rows of the slab, whose links are the levels' rings,
 * and one word of bits that says which of them have orders. A level is its row; its numbers lie in arrays of their own,
 * close to those of the prices beside it, and are zero without orders. Shared by all books.
 */
final class Levels {
    static final int NONE = -1;
    static final int CHUNK_BITS = 6;

    private final Slab slab;
    private final int limit;
    private long[] shown = new long[0]; // by level: what it shows, count
    private long[] hidden = new long[0]; // by level
    private long[] occupied = new long[0]; // by chunk, which is a level without its last bits
    private int[] free = new int[16];
    private int chunks;
    private int freeCount;

    Levels(Slab slab, int limit) {
        this.slab = slab;
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
        int chunk = slab.takeBlock() >> CHUNK_BITS;
        if (chunk >= occupied.length) {
            int next = Math.max(chunk + 1, occupied.length << 1);
            occupied = Arrays.copyOf(occupied, next);
            shown = Arrays.copyOf(shown, next << (CHUNK_BITS + 1));
            hidden = Arrays.copyOf(hidden, next << CHUNK_BITS);
        }
        chunks++;
        return chunk;
    }

    void giveBack(int chunk) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount << 1);
        }
        free[freeCount++] = chunk;
    }

    /** The levels of a chunk that have orders, one bit each. */
    long occupied(int chunk) {
        return occupied[chunk];
    }

    boolean isOccupied(int level) {
        return (occupied[level >> CHUNK_BITS] & (1L << level)) != 0;
    }

    /** Tells whether a level has one order, and its chunk no other level. */
    boolean isAlone(int level) {
        return count(level) == 1 && occupied[level >> CHUNK_BITS] == 1L << level;
    }

    /** What its orders show together, in lots. */
    long visible(int level) {
        return shown[level << 1];
    }

    /** What remains of its orders, hidden quantity included, in lots. */
    long remaining(int level) {
        return shown[level << 1] + hidden[level];
    }

    int count(int level) {
        return (int) shown[(level << 1) + 1];
    }

    /** Adds an order to the numbers of a level. */
    void enter(int level, long visible, long remaining) {
        long[] numbers = shown;
        numbers[level << 1] += visible;
        numbers[(level << 1) + 1]++;
        if (visible != remaining) {
            hidden[level] += remaining - visible;
        }
        occupied[level >> CHUNK_BITS] |= 1L << level;
    }

    /**
     * Takes an order off the numbers of a level.
     *
     * @return whether the level's chunk has no orders any more
     */
    boolean leave(int level, long visible, long remaining) {
        long[] numbers = shown;
        numbers[level << 1] -= visible;
        long left = --numbers[(level << 1) + 1];
        if (visible != remaining) {
            hidden[level] -= remaining - visible;
        }
        long gone = (left - 1) >>> (Long.SIZE - 1); // 1 if that was the last: a number rather than a branch
        return (occupied[level >> CHUNK_BITS] &= ~(gone << level)) == 0;
    }

    void add(int level, long visible, long remaining) {
        shown[level << 1] += visible;
        if (visible != remaining) {
            hidden[level] += remaining - visible;
        }
    }
}
