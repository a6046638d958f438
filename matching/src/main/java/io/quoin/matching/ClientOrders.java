package io.quoin.matching;

import java.util.Arrays;

/**
 * The client order ids that are remembered: those of open orders, and of the latest others (M8). A row has account,
 * client order id, the id of the order that had it first, and what became of that. The rows of orders that are not open
 * stand in two queues, of all and of their account, so that no account can push out what others need to know.
 */
final class ClientOrders {
    static final int NONE = -1;

    /** One account's part of what is remembered of orders that are not open. */
    static final int SHARES = 8;

    private static final int WIDTH = 6;
    private static final int ACCOUNT = 0;
    private static final int CLIENT_ORDER = 1;
    private static final int ORDER = 2;
    private static final int OUTCOME = 3; // outcome, the account's row in the queues
    private static final int AMONG_ALL = 4; // closed before, closed after; of a free row: nothing, the next free one
    private static final int OWN = 5; // of the same account: nothing, closed after

    private static final int QUEUE = 2;
    private static final int ENDS = 0; // oldest, newest; of a free row: nothing, the next free one
    private static final int COUNT = 1;
    private static final int SMALLEST = 64;

    private final int limit;
    private final int share;
    private final long salt;
    private final LongIndex byAccount;
    private long[] queues = new long[0];
    private int usedQueues;
    private int freeQueue = NONE;
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
        this.share = share(limit);
        this.salt = salt;
        this.byAccount = new LongIndex(salt);
    }

    /** Returns how many of one account's orders that are not open are remembered at most. */
    static int share(int limit) {
        return Math.max(1, limit / SHARES);
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
        rows[row * WIDTH + AMONG_ALL] = Rows.pack(newest, NONE);
        if (newest == NONE) {
            oldest = row;
        } else {
            rows[newest * WIDTH + AMONG_ALL] = Rows.withLow(rows[newest * WIDTH + AMONG_ALL], row);
        }
        newest = row;
        closed++;
        int queue = queueOf(account(row));
        join(row, queue);
        if (queues[queue * QUEUE + COUNT] > share) {
            forget(Rows.high(queues[queue * QUEUE + ENDS]));
        } else if (closed > limit) {
            forget(oldest);
        }
    }

    /** Returns the row whose order closed first, or {@link #NONE}. */
    int oldestClosed() {
        return oldest;
    }

    /** Returns the row whose order closed next, or {@link #NONE}. */
    int next(int row) {
        return Rows.low(rows[row * WIDTH + AMONG_ALL]);
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

    // ---- an account's queue ----

    private int queueOf(long account) {
        int queue = byAccount.find(account);
        if (queue != LongIndex.NONE) {
            return queue;
        }
        queue = freeQueue;
        if (queue == NONE) {
            queue = usedQueues++;
            if (queue * QUEUE == queues.length) {
                queues = Arrays.copyOf(queues, Rows.next(queue, Integer.MAX_VALUE / QUEUE) * QUEUE);
            }
        } else {
            freeQueue = Rows.low(queues[queue * QUEUE + ENDS]);
        }
        queues[queue * QUEUE + COUNT] = 0;
        byAccount.put(account, queue);
        return queue;
    }

    private void join(int row, int queue) {
        int at = queue * QUEUE;
        rows[row * WIDTH + OUTCOME] = Rows.withLow(rows[row * WIDTH + OUTCOME], queue);
        rows[row * WIDTH + OWN] = NONE;
        if (queues[at + COUNT]++ == 0) {
            queues[at + ENDS] = Rows.pack(row, row);
        } else {
            rows[Rows.low(queues[at + ENDS]) * WIDTH + OWN] = row;
            queues[at + ENDS] = Rows.withLow(queues[at + ENDS], row);
        }
    }

    /** Takes the oldest row out of its account's queue, which is gone with its last row. */
    private void leave(int row) {
        int queue = Rows.low(rows[row * WIDTH + OUTCOME]);
        int at = queue * QUEUE;
        if (--queues[at + COUNT] == 0) {
            byAccount.remove(account(row));
            queues[at + ENDS] = freeQueue;
            freeQueue = queue;
        } else {
            queues[at + ENDS] = Rows.withHigh(queues[at + ENDS], (int) rows[row * WIDTH + OWN]);
        }
    }

    /** Forgets a row that is the oldest of its account. */
    private void forget(int row) {
        leave(row);
        int before = Rows.high(rows[row * WIDTH + AMONG_ALL]);
        int behind = next(row);
        if (before == NONE) {
            oldest = behind;
        } else {
            rows[before * WIDTH + AMONG_ALL] = Rows.withLow(rows[before * WIDTH + AMONG_ALL], behind);
        }
        if (behind == NONE) {
            newest = before;
        } else {
            rows[behind * WIDTH + AMONG_ALL] = Rows.withHigh(rows[behind * WIDTH + AMONG_ALL], before);
        }
        closed--;
        size--;
        removeFromTable(row);
        rows[row * WIDTH + AMONG_ALL] = Rows.pack(NONE, free);
        free = row;
    }

    // ---- the table ----

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
