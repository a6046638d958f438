package io.quoin.matching;

import java.util.Arrays;

/**
 * Memory for orders, price levels and accounts: rows of eight numbers, one cache line each, and beside them the links
 * of two lists that go through the rows, level by level and account by account. A list is a ring that its level's or
 * its account's own row closes, so that no order is first or last in it: linking and unlinking take no decision which
 * the processor could guess wrong.
 */
class Slab {
    static final int NONE = -1;
    private static final int BEHIND = 1;
    private static final int HELD = 2;
    private static final int BLOCK = 64;
    private static final int SMALLEST = 256;

    private long[] numbers = new long[SMALLEST << 3];
    private int[] links = new int[SMALLEST << 2]; // before, behind in a level, both among an account's orders
    private int rows;
    private int free = NONE;

    /** The rows' numbers, eight for each; another array once rows were taken. */
    long[] numbers() {
        return numbers;
    }

    long get(int row, int number) {
        return numbers[(row << 3) + number];
    }

    void set(int row, int number, long value) {
        numbers[(row << 3) + number] = value;
    }

    int take() {
        int row = free;
        if (row == NONE) {
            row = rows++;
            ensure(rows);
        } else {
            free = links[(row << 2) + BEHIND];
        }
        return row;
    }

    void giveBack(int row) {
        links[(row << 2) + BEHIND] = free;
        free = row;
    }

    /** Takes 64 rows, the first of which is a multiple of 64, with numbers of zero and rings of their own. */
    int takeBlock() {
        while ((rows & (BLOCK - 1)) != 0) {
            ensure(rows + 1);
            giveBack(rows++);
        }
        int first = rows;
        rows += BLOCK;
        ensure(rows);
        for (int row = first; row < rows; row++) {
            links[row << 2] = row;
            links[(row << 2) + BEHIND] = row;
        }
        return first;
    }

    // ---- the ring of a level ----

    int before(int row) {
        return links[row << 2];
    }

    int behind(int row) {
        return links[(row << 2) + BEHIND];
    }

    /** Puts an order at the end of the ring that a row closes. */
    void append(int order, int ring) {
        link(order, ring, 0);
    }

    void remove(int order) {
        unlink(order, 0);
    }

    // ---- the ring of an account ----

    /** Makes the ring of an account without orders. */
    void startHolding(int account) {
        links[(account << 2) + HELD] = account;
        links[(account << 2) + HELD + BEHIND] = account;
    }

    int heldBehind(int row) {
        return links[(row << 2) + HELD + BEHIND];
    }

    void hold(int order, int account) {
        link(order, account, HELD);
    }

    void release(int order) {
        unlink(order, HELD);
    }

    private void link(int order, int ring, int list) {
        int[] all = links;
        int last = all[(ring << 2) + list];
        all[(last << 2) + list + BEHIND] = order;
        all[(order << 2) + list] = last;
        all[(order << 2) + list + BEHIND] = ring;
        all[(ring << 2) + list] = order;
    }

    private void unlink(int order, int list) {
        int[] all = links;
        int before = all[(order << 2) + list];
        int behind = all[(order << 2) + list + BEHIND];
        all[(before << 2) + list + BEHIND] = behind;
        all[(behind << 2) + list] = before;
    }

    private void ensure(int needed) {
        if (needed << 3 > numbers.length) {
            int next = Math.max(needed, (numbers.length >> 3) + (numbers.length >> 4));
            numbers = Arrays.copyOf(numbers, next << 3);
            links = Arrays.copyOf(links, next << 2);
        }
    }
}
