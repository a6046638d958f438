package io.quoin.matching;

import java.util.Arrays;

/** Every account that the engine has seen, and the open orders of each, oldest first. */
final class Accounts {
    static final int NONE = -1;

    private static final int ID = 0;
    private static final int ENDS = 1; // oldest order, newest order

    private final Orders orders;
    private final LongIndex index;
    private long[] rows = new long[0];
    private int size;

    /** Makes no accounts; there will be as many as balances at most. The salt is for {@link LongIndex}. */
    Accounts(Orders orders, long salt) {
        this.orders = orders;
        this.index = new LongIndex(salt);
    }

    int size() {
        return size;
    }

    /** Returns the row of an account, or {@link #NONE}. */
    int find(long id) {
        return index.find(id);
    }

    /** Adds an account that is not there. */
    int add(long id) {
        if (size << 1 == rows.length) {
            rows = Arrays.copyOf(rows, Rows.next(size, Integer.MAX_VALUE >> 2) << 1);
        }
        int row = size++;
        rows[(row << 1) + ID] = id;
        rows[(row << 1) + ENDS] = Rows.pack(Orders.NONE, Orders.NONE);
        index.put(id, row);
        return row;
    }

    long id(int row) {
        return rows[(row << 1) + ID];
    }

    /** Returns the account's oldest open order, or {@link Orders#NONE}. */
    int oldest(int row) {
        return Rows.high(rows[(row << 1) + ENDS]);
    }

    /** Returns the account's newest open order, or {@link Orders#NONE}. */
    int newest(int row) {
        return Rows.low(rows[(row << 1) + ENDS]);
    }

    void append(int order, int row) {
        int newest = newest(row);
        orders.accountPlace(order, newest, Orders.NONE);
        if (newest == Orders.NONE) {
            rows[(row << 1) + ENDS] = Rows.pack(order, order);
        } else {
            orders.accountBehind(newest, order);
            rows[(row << 1) + ENDS] = Rows.withLow(rows[(row << 1) + ENDS], order);
        }
    }

    void remove(int order) {
        int ends = (orders.account(order) << 1) + ENDS;
        int before = orders.accountBefore(order);
        int behind = orders.accountBehind(order);
        if (before == Orders.NONE) {
            rows[ends] = Rows.withHigh(rows[ends], behind);
        } else {
            orders.accountBehind(before, behind);
        }
        if (behind == Orders.NONE) {
            rows[ends] = Rows.withLow(rows[ends], before);
        } else {
            orders.accountBefore(behind, before);
        }
    }
}
