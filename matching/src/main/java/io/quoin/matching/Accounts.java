package io.quoin.matching;

import java.util.Arrays;

/** Every account that the engine has seen, and the open orders of each, in no order that matters. */
final class Accounts {
    static final int NONE = -1;

    private static final int ID = 0;
    private static final int FIRST = 1;

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
        rows[(row << 1) + FIRST] = Orders.NONE;
        index.put(id, row);
        return row;
    }

    long id(int row) {
        return rows[(row << 1) + ID];
    }

    /** Returns one of the account's open orders, from which all others follow, or {@link Orders#NONE}. */
    int firstOrder(int row) {
        return (int) rows[(row << 1) + FIRST];
    }

    void add(int order, int row) {
        int first = firstOrder(row);
        orders.accountPlace(order, Orders.NONE, first);
        if (first != Orders.NONE) {
            orders.accountBefore(first, order);
        }
        rows[(row << 1) + FIRST] = order;
    }

    void remove(int order) {
        int before = orders.accountBefore(order);
        int behind = orders.accountBehind(order);
        if (before == Orders.NONE) {
            rows[(orders.account(order) << 1) + FIRST] = behind;
        } else {
            orders.accountBehind(before, behind);
        }
        if (behind != Orders.NONE) {
            orders.accountBefore(behind, before);
        }
    }
}
