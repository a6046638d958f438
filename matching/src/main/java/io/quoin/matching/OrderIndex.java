package io.quoin.matching;

/**
 * Finds an open order's row by its id. One {@code int} a place holds the row and, in the bits that no row needs, a part
 * of the id's hash, so that four times as many places lie in the processor's cache as in a {@link LongIndex}; the id
 * itself stands in the order's row, which is read anyway. Open addressing with linear probing, at most a quarter full:
 * at half, one look-up in four would meet another order's place first.
 */
class OrderIndex extends Slab {
    private static final long GOLDEN =
            0x9E3779B97F4A7C15L; // spreads sequential and scattered ids alike (Knuth, TAOCP 3, 6.4)
    private static final int MARK_SHIFT = 16; // the mark comes from the middle of a hash, the place from its upper end
    private static final int SMALLEST_BITS = 6;

    private final long salt;
    private final int rowMask;
    private int[] places; // mark, row + 1; a free place is 0
    private int shift;
    private int size;

    /** Makes an empty index for rows below this number; the salt is as for {@link LongIndex}. */
    OrderIndex(long salt, int rows) {
        this.salt = salt;
        rowMask = -1 >>> Integer.numberOfLeadingZeros(rows);
        places = new int[1 << SMALLEST_BITS];
        shift = Long.SIZE - SMALLEST_BITS;
    }

    int size() {
        return size;
    }

    /** Returns the row of an id, which stands first in every eight numbers of the rows, or {@link #NONE}. */
    int find(long id) {
        long[] rows = numbers();
        int[] table = places;
        long hash = hash(id);
        int mark = (int) (hash >>> MARK_SHIFT) & ~rowMask;
        int mask = table.length - 1;
        int at = (int) (hash >>> shift);
        for (int place = table[at]; place != 0; place = table[at]) {
            int row = (place ^ mark) - 1;
            if ((row & ~rowMask) == 0 && rows[row << 3] == id) {
                return row;
            }
            at = (at + 1) & mask;
        }
        return NONE;
    }

    /** Adds an id that is not there. */
    void put(long id, int row) {
        if (size >= places.length >> 2) {
            grow();
        }
        insert(id, row);
        size++;
    }

    /** Removes the id of a row, which the row still has, and adds another one, which is not there. */
    void rename(long old, long id, int row) {
        remove(old, row);
        insert(id, row);
        size++;
    }

    /** Removes an id that is there, and closes the gap, so that no look-up ends too early. */
    void remove(long id, int row) {
        long[] rows = numbers();
        int[] table = places;
        int mask = table.length - 1;
        int gap = home(id);
        while ((table[gap] & rowMask) != row + 1) {
            gap = (gap + 1) & mask;
        }
        int at = (gap + 1) & mask;
        for (int place = table[at]; place != 0; place = table[at]) {
            int home = home(rows[((place & rowMask) - 1) << 3]);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                table[gap] = place;
                gap = at;
            }
            at = (at + 1) & mask;
        }
        table[gap] = 0;
        size--;
    }

    private long hash(long id) {
        return (id ^ salt) * GOLDEN;
    }

    private int home(long id) {
        return (int) (hash(id) >>> shift);
    }

    private void insert(long id, int row) {
        int[] table = places;
        int mask = table.length - 1;
        int at = home(id);
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = ((int) (hash(id) >>> MARK_SHIFT) & ~rowMask) | (row + 1);
    }

    private void grow() {
        long[] rows = numbers();
        int[] old = places;
        places = new int[old.length << 1];
        shift--;
        for (int place : old) {
            if (place != 0) {
                int row = (place & rowMask) - 1;
                insert(rows[row << 3], row);
            }
        }
    }
}
