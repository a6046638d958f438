package io.quoin.matching;

/**
 * Finds a row number by a key: open addressing with linear probing, and keys beside their rows, so that a look-up
 * reads one cache line. Multiplying by the golden ratio spreads sequential keys as well as scattered ones (Knuth,
 * The Art of Computer Programming 3, 6.4). At most half full; grows by doubling. Never walked through.
 */
final class LongIndex {
    static final int NONE = -1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int SMALLEST_BITS = 6;

    private final long salt;
    private long[] table; // key, row + 1; a row of 0 is a free place
    private int shift;
    private int size;

    /** Makes an empty index; the salt keeps those who choose keys from choosing ones that collide. */
    LongIndex(long salt) {
        this.salt = salt;
        allocate(SMALLEST_BITS);
    }

    int size() {
        return size;
    }

    /** Returns the row of a key, or {@link #NONE}. */
    int find(long key) {
        long[] places = table;
        int mask = places.length - 1;
        for (int at = home(key); ; at = (at + 2) & mask) {
            int row = (int) places[at + 1] - 1;
            if (row < 0 || places[at] == key) {
                return row;
            }
        }
    }

    /** Adds a key that is not there. */
    void put(long key, int row) {
        if (size >= table.length >> 2) {
            grow();
        }
        insert(key, row);
        size++;
    }

    /** Removes a key that is there, and closes the gap, so that no look-up ends too early. */
    void remove(long key) {
        long[] places = table;
        int mask = places.length - 1;
        int gap = home(key);
        while (places[gap] != key || places[gap + 1] == 0) {
            gap = (gap + 2) & mask;
        }
        for (int at = (gap + 2) & mask; places[at + 1] != 0; at = (at + 2) & mask) {
            if (((at - home(places[at])) & mask) >= ((at - gap) & mask)) {
                places[gap] = places[at];
                places[gap + 1] = places[at + 1];
                gap = at;
            }
        }
        places[gap + 1] = 0;
        size--;
    }

    private int home(long key) {
        return (int) (((key ^ salt) * GOLDEN) >>> shift) << 1;
    }

    private void insert(long key, int row) {
        int mask = table.length - 1;
        int at = home(key);
        while (table[at + 1] != 0) {
            at = (at + 2) & mask;
        }
        table[at] = key;
        table[at + 1] = row + 1L;
    }

    private void grow() {
        long[] old = table;
        allocate(Long.SIZE - shift + 1);
        for (int at = 0; at < old.length; at += 2) {
            if (old[at + 1] != 0) {
                insert(old[at], (int) old[at + 1] - 1);
            }
        }
    }

    private void allocate(int bits) {
        table = new long[2 << bits];
        shift = Long.SIZE - bits;
    }
}
