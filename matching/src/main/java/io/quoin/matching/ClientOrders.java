package io.quoin.matching;

import java.util.Arrays;

/**
 * The client order ids that are remembered: those of open orders, and of the latest others, in a ring (M8). A row has
 * account, client order id, the id of the order that had it first, and what became of that.
 */
final class ClientOrders {
    static final int NONE = -1;

    private static final int WIDTH = 4;
    private static final int ACCOUNT = 0;
    private static final int CLIENT_ORDER = 1;
    private static final int ORDER = 2;
    private static final int OUTCOME = 3; // outcome, next free or next closed row
    private static final int SMALLEST = 64;

    private final int limit;
    private final long salt;
    private long[] rows = new long[0];
    private int[] table = new int[SMALLEST]; // row + 1
    private int used;
    private int size;
    private int free = NONE;
    private int oldest = NONE;
    private int newest = NONE;
    private int closed;

    /** Remembers nothing yet; at most so many of orders that are not open. The salt is as for {@link LongIndex}. */
    ClientOrders(int limit, long salt) {
        this.limit = limit;
        this.salt = salt;
    }

    /** Returns the row of a client order id, or {@link #NONE}. */
    int find(long account, long clientOrder) {
        int mask = table.length - 1;
        for (int at = home(account, clientOrder); table[at] != 0; at = at + 1 & mask) {
            int row = table[at] - 1;
            if (account(row) == account && clientOrder(row) == clientOrder) {
                return row;
            }
        }
        return NONE;
    }

    /** Remembers one that is not there, of an open order. */
    int add(long account, long clientOrder, long order, int outcome) {
        int row = free;
        if (row == NONE) {
            row = used++;
            if (row * WIDTH == rows.length) {
                rows = Arrays.copyOf(rows, Rows.next(row, Integer.MAX_VALUE / WIDTH) * WIDTH);
            }
        } else {
            free = next(row);
        }
        rows[row * WIDTH + ACCOUNT] = account;
        rows[row * WIDTH + CLIENT_ORDER] = clientOrder;
        rows[row * WIDTH + ORDER] = order;
        rows[row * WIDTH + OUTCOME] = Rows.pack(outcome, NONE);
        if (++size > table.length >> 1) {
            growTable();
        }
        insert(row);
        return row;
    }

    /** Notes that the order of a row is not open, and forgets the oldest such row if there are too many. */
    void close(int row) {
        rows[row * WIDTH + OUTCOME] = Rows.withLow(rows[row * WIDTH + OUTCOME], NONE);
        if (newest == NONE) {
            oldest = row;
        } else {
            rows[newest * WIDTH + OUTCOME] = Rows.withLow(rows[newest * WIDTH + OUTCOME], row);
        }
        newest = row;
        if (++closed > limit) {
            forgetOldest();
        }
    }

    /** Returns the row whose order closed first, or {@link #NONE}. */
    int oldestClosed() {
        return oldest;
    }

    /** Returns the row whose order closed next, or {@link #NONE}. */
    int next(int row) {
        return Rows.low(rows[row * WIDTH + OUTCOME]);
    }

    long account(int row) {
        return rows[row * WIDTH + ACCOUNT];
    }

    long clientOrder(int row) {
        return rows[row * WIDTH + CLIENT_ORDER];
    }

    long order(int row) {
        return rows[row * WIDTH + ORDER];
    }

    int outcome(int row) {
        return Rows.high(rows[row * WIDTH + OUTCOME]);
    }

    private void forgetOldest() {
        int row = oldest;
        oldest = next(row);
        closed--;
        size--;
        removeFromTable(row);
        rows[row * WIDTH + OUTCOME] = Rows.pack(0, free);
        free = row;
    }

    private void removeFromTable(int row) {
        int mask = table.length - 1;
        int gap = home(account(row), clientOrder(row));
        while (table[gap] != row + 1) {
            gap = gap + 1 & mask;
        }
        for (int at = gap + 1 & mask; table[at] != 0; at = at + 1 & mask) {
            int home = home(account(table[at] - 1), clientOrder(table[at] - 1));
            if ((at - home & mask) >= (at - gap & mask)) {
                table[gap] = table[at];
                gap = at;
            }
        }
        table[gap] = 0;
    }

    private void growTable() {
        int[] old = table;
        table = new int[old.length << 1];
        for (int entry : old) {
            if (entry != 0) {
                insert(entry - 1);
            }
        }
    }

    private void insert(int row) {
        int mask = table.length - 1;
        int at = home(account(row), clientOrder(row));
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = row + 1;
    }

    /** Mixes both numbers and the salt (the finaliser of MurmurHash3, twice). */
    private int home(long account, long clientOrder) {
        return (int) mix(mix(account ^ salt) + clientOrder ^ Long.rotateLeft(salt, 32)) & table.length - 1;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
