package io.quoin.matching;

/**
 * Finds an open order's row by its id. One {@code long} a place holds half of the id's hash and the row, so that twice
 * as many places lie in the processor's cache as in a {@link LongIndex}; the id itself stands in the order's row, which
 * is read anyway. Open addressing with linear probing, at most half full.
 */
final class OrderIndex {
    static final int NONE = -1;
    private static final long GOLDEN =
            0x9E3779B97F4A7C15L; // spreads sequential and scattered ids alike (Knuth, TAOCP 3, 6.4)
    private static final long HASH = 0xFFFF_FFFF_0000_0000L;
    private static final int SMALLEST_BITS = 6;

    private final long salt;
    private long[] places;
    private int shift;
    private int size;

    /** Makes an empty index; the salt is as for {@link LongIndex}. */
    OrderIndex(long salt) {
        this.salt = salt;
        places = new long[1 << SMALLEST_BITS];
        shift = Long.SIZE - SMALLEST_BITS;
    }

    int size() {
        return size;
    }

    /** Returns the row of an id, which stands first in every eight numbers of the rows, or {@link #NONE}. */
    int find(long id, long[] rows) {
        long[] table = places;
        long hash = (id ^ salt) * GOLDEN;
        int mask = table.length - 1;
        int at = (int) (hash >>> shift);
        for (long place = table[at]; place != 0; place = table[at]) {
            int row = (int) place - 1;
            if (((place ^ hash) & HASH) == 0 && rows[row << 3] == id) {
                return row;
            }
            at = (at + 1) & mask;
        }
        return NONE;
    }

    /** Adds an id that is not there. */
    void put(long id, int row) {
        if (size >= places.length >> 1) {
            grow();
        }
        insert((((id ^ salt) * GOLDEN) & HASH) | (row + 1));
        size++;
    }

    /** Removes the id of a row and adds another one, which is not there. */
    void rename(long old, long id, int row) {
        remove(old, row);
        insert((((id ^ salt) * GOLDEN) & HASH) | (row + 1));
        size++;
    }

    /** Removes an id that is there, and closes the gap, so that no look-up ends too early. */
    void remove(long id, int row) {
        long[] table = places;
        int mask = table.length - 1;
        long wanted = (((id ^ salt) * GOLDEN) & HASH) | (row + 1);
        int gap = home(wanted);
        while (table[gap] != wanted) {
            gap = (gap + 1) & mask;
        }
        int at = (gap + 1) & mask;
        for (long place = table[at]; place != 0; place = table[at]) {
            if (((at - home(place)) & mask) >= ((at - gap) & mask)) {
                table[gap] = place;
                gap = at;
            }
            at = (at + 1) & mask;
        }
        table[gap] = 0;
        size--;
    }

    private int home(long place) {
        return (int) (place >>> shift);
    }

    private void insert(long place) {
        long[] table = places;
        int mask = table.length - 1;
        int at = home(place);
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = place;
    }

    private void grow() {
        long[] old = places;
        places = new long[old.length << 1];
        shift--;
        for (long place : old) {
            if (place != 0) {
                insert(place);
            }
        }
    }
}
