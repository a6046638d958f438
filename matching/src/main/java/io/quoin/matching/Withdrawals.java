package io.quoin.matching;

import java.util.Arrays;

/** The withdrawals that have not ended, by id. */
final class Withdrawals {
    static final int NONE = -1;

    private static final int WIDTH = 5;
    private static final int ID = 0;
    private static final int BALANCE = 1;
    private static final int AMOUNT = 2;
    private static final int STATE = 3;
    private static final int DEADLINE = 4; // of a free row: the next free one

    private static final WithdrawalState[] STATES = WithdrawalState.values();

    private final int limit;
    private final LongIndex index;
    private long[] rows = new long[0];
    private int used;
    private int free = NONE;

    Withdrawals(int limit, long salt) {
        this.limit = limit;
        this.index = new LongIndex(salt);
    }

    boolean isFull() {
        return index.size() == limit;
    }

    int find(long id) {
        return index.find(id);
    }

    int add(long id, int balance, long amount) {
        int withdrawal = free;
        if (withdrawal == NONE) {
            withdrawal = used++;
            if (withdrawal * WIDTH == rows.length) {
                rows = Arrays.copyOf(rows, Rows.next(withdrawal, limit) * WIDTH);
            }
        } else {
            free = (int) rows[withdrawal * WIDTH + DEADLINE];
        }
        rows[withdrawal * WIDTH + ID] = id;
        rows[withdrawal * WIDTH + BALANCE] = balance;
        rows[withdrawal * WIDTH + AMOUNT] = amount;
        state(withdrawal, WithdrawalState.REQUESTED, 0);
        index.put(id, withdrawal);
        return withdrawal;
    }

    void remove(int withdrawal) {
        index.remove(id(withdrawal));
        rows[withdrawal * WIDTH + DEADLINE] = free;
        free = withdrawal;
    }

    void state(int withdrawal, WithdrawalState state, long deadlineSeconds) {
        rows[withdrawal * WIDTH + STATE] = WireValues.of(state);
        rows[withdrawal * WIDTH + DEADLINE] = deadlineSeconds;
    }

    long id(int withdrawal) {
        return rows[withdrawal * WIDTH + ID];
    }

    int balance(int withdrawal) {
        return (int) rows[withdrawal * WIDTH + BALANCE];
    }

    long amount(int withdrawal) {
        return rows[withdrawal * WIDTH + AMOUNT];
    }

    WithdrawalState state(int withdrawal) {
        return STATES[(int) rows[withdrawal * WIDTH + STATE]];
    }

    long deadline(int withdrawal) {
        return rows[withdrawal * WIDTH + DEADLINE];
    }

    /** Returns the ids of all open withdrawals, ascending: the order in which a snapshot has them. */
    long[] ids() {
        long[] ids = new long[index.size()];
        int count = 0;
        for (int row = 0; row < used; row++) {
            if (index.find(id(row)) == row) {
                ids[count++] = id(row);
            }
        }
        Arrays.sort(ids);
        return ids;
    }
}
