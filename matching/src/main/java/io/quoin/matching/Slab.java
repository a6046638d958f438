package io.quoin.matching;

import java.util.Arrays;

/**
 * Memory for orders, price levels and accounts: rows of eight numbers, one cache line each, and beside them the links
 * of two lists that go through the rows, level by level and account by account. A list is a ring that its level's or
 * its account's own row closes, so that no order is first or last in it: linking and unlinking take no decision which
 * the processor could guess wrong.
 */
final class Slab {
    static final int NONE = -1;
    private static final int BLOCK = 64;
    private static final int SMALLEST = 256;

    private long[] numbers = new long[SMALLEST << 3];
    private int[] queue =
            new int[SMALLEST << 1]; // before, behind in a level; of a free row: nothing, the next free one
    private int[] holding = new int[SMALLEST << 1]; // before, behind among an account's orders
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
            free = queue[(row << 1) + 1];
        }
        return row;
    }

    void giveBack(int row) {
        queue[(row << 1) + 1] = free;
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
            queue[row << 1] = row;
            queue[(row << 1) + 1] = row;
        }
        return first;
    }

    // ---- the ring of a level ----

    int before(int row) {
        return queue[row << 1];
    }

    int behind(int row) {
        return queue[(row << 1) + 1];
    }

    /** Puts an order at the end of the ring that a row closes. */
    void append(int order, int ring) {
        int[] links = queue;
        int last = links[ring << 1];
        links[(last << 1) + 1] = order;
        links[order << 1] = last;
        links[(order << 1) + 1] = ring;
        links[ring << 1] = order;
    }

    void remove(int order) {
        int[] links = queue;
        int before = links[order << 1];
        int behind = links[(order << 1) + 1];
        links[(before << 1) + 1] = behind;
        links[behind << 1] = before;
    }

    // ---- the ring of an account ----

    /** Makes the ring of an account without orders. */
    void startHolding(int account) {
        holding[account << 1] = account;
        holding[(account << 1) + 1] = account;
    }

    int heldBehind(int row) {
        return holding[(row << 1) + 1];
    }

    void hold(int order, int account) {
        int last = holding[account << 1];
        holding[(last << 1) + 1] = order;
        holding[order << 1] = last;
        holding[(order << 1) + 1] = account;
        holding[account << 1] = order;
    }

    void release(int order) {
        int before = holding[order << 1];
        int behind = holding[(order << 1) + 1];
        holding[(before << 1) + 1] = behind;
        holding[behind << 1] = before;
    }

    private void ensure(int needed) {
        if (needed << 3 > numbers.length) {
            int next = Math.max(needed, (numbers.length >> 3) + (numbers.length >> 4));
            numbers = Arrays.copyOf(numbers, next << 3);
            queue = Arrays.copyOf(queue, next << 1);
            holding = Arrays.copyOf(holding, next << 1);
        }
    }
}
