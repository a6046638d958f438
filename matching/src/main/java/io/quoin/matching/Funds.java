package io.quoin.matching;

import java.util.Arrays;

/**
 * Every account's balance of every asset, as rows of numbers. Who moves amounts has checked that they are there;
 * nothing here is ever negative. Remembers which balances a command touched, in the order of first touch.
 */
final class Funds {
    static final int NONE = -1;

    static final int AVAILABLE = 0;
    static final int RESERVED = 1;
    static final int SETTLING = 2;
    static final int WITHDRAWING = 3;
    static final int EXITING = 4;
    static final int OWED = 5;
    private static final int KEY = 6; // account's row, asset
    private static final int FLAGS = 7; // row that was touched next, flags

    private static final long IS_EXITING = 1;
    private static final long IS_TOUCHED = 2;

    private final int limit;
    private final LongIndex index;
    private final LongIndex assets = new LongIndex(0);
    private long[] rows = new long[0];
    private long[] held = new long[0];
    private int size;
    private int firstTouched = NONE;
    private int lastTouched = NONE;

    Funds(int limit, long salt) {
        this.limit = limit;
        this.index = new LongIndex(salt);
    }

    int size() {
        return size;
    }

    /** The balances' numbers, eight for each; another array once one was added. */
    long[] rows() {
        return rows;
    }

    boolean isFull() {
        return size == limit;
    }

    /** Returns the row of an account's balance, or {@link #NONE}. */
    int find(int account, int asset) {
        return index.find(Rows.pack(account, asset));
    }

    /** Makes a balance of nothing that is not there; the table must not be full. */
    int add(int account, int asset) {
        if (size << 3 == rows.length) {
            rows = Arrays.copyOf(rows, Rows.next(size, limit) << 3);
        }
        int row = size++;
        rows[(row << 3) + KEY] = Rows.pack(account, asset);
        index.put(Rows.pack(account, asset), row);
        if (assets.find(asset) == LongIndex.NONE) {
            assets.put(asset, assets.size());
            if (assets.size() > held.length) {
                held = Arrays.copyOf(held, assets.size() << 1);
            }
        }
        return row;
    }

    int account(int row) {
        return Rows.high(rows[(row << 3) + KEY]);
    }

    int asset(int row) {
        return Rows.low(rows[(row << 3) + KEY]);
    }

    long available(int row) {
        return rows[(row << 3) + AVAILABLE];
    }

    long reserved(int row) {
        return rows[(row << 3) + RESERVED];
    }

    long settling(int row) {
        return rows[(row << 3) + SETTLING];
    }

    long withdrawing(int row) {
        return rows[(row << 3) + WITHDRAWING];
    }

    long exiting(int row) {
        return rows[(row << 3) + EXITING];
    }

    long owed(int row) {
        return rows[(row << 3) + OWED];
    }

    boolean isExiting(int row) {
        return (rows[(row << 3) + FLAGS] & IS_EXITING) != 0;
    }

    Balance balance(int row) {
        int at = row << 3;
        return new Balance(
                rows[at + AVAILABLE],
                rows[at + RESERVED],
                rows[at + SETTLING],
                rows[at + WITHDRAWING],
                rows[at + EXITING],
                rows[at + OWED]);
    }

    /** Sets everything of a balance at once, when an engine is restored. */
    void restore(int row, Balance balance, boolean exiting) {
        int at = row << 3;
        rows[at + AVAILABLE] = balance.available();
        rows[at + RESERVED] = balance.reserved();
        rows[at + SETTLING] = balance.settling();
        rows[at + WITHDRAWING] = balance.withdrawing();
        rows[at + EXITING] = balance.exiting();
        rows[at + OWED] = balance.owed();
        rows[at + FLAGS] = exiting ? IS_EXITING : 0;
        hold(row, balance.available() + balance.reserved() + balance.settling());
        hold(row, balance.withdrawing() + balance.exiting());
    }

    // ---- moving ----

    /** Tells whether all accounts together can hold so much more of an asset. */
    boolean canHold(int asset, long amount) {
        int row = assets.find(asset);
        return amount <= Costs.MOST - (row == LongIndex.NONE ? 0 : held[row]);
    }

    /** Adds what comes from outside. */
    void credit(int row, long amount) {
        hold(row, amount);
        arrive(row, amount);
    }

    /** Takes what left, up to what is available; returns what is still to be taken. */
    long takeAvailable(int row, long amount) {
        long taken = Math.min(amount, available(row));
        change(row, AVAILABLE, -taken);
        hold(row, -taken);
        return amount - taken;
    }

    /** Takes what left, up to what is exiting; the rest is owed. */
    void takeExiting(int row, long amount) {
        long taken = Math.min(amount, rows[(row << 3) + EXITING]);
        change(row, EXITING, -taken);
        hold(row, -taken);
        change(row, OWED, amount - taken);
    }

    void reserve(int row, long amount) {
        exchange(row, 0, amount);
    }

    /** Gives back what one order reserved and takes what another does in its place; nothing is owed or exiting. */
    void exchange(int row, long freed, long reserved) {
        touch(row);
        rows[(row << 3) + AVAILABLE] += freed - reserved;
        rows[(row << 3) + RESERVED] += reserved - freed;
    }

    void release(int row, long amount) {
        touch(row);
        rows[(row << 3) + RESERVED] -= amount;
        add(row, amount);
    }

    /** Moves what a fill takes from reserved to settling, and gives back what the order needs no more. */
    void pay(int row, long paid, long freed) {
        touch(row);
        int at = row << 3;
        rows[at + RESERVED] -= freed;
        rows[at + SETTLING] += paid;
        if (freed != paid) {
            add(row, freed - paid);
        }
    }

    /** Takes an amount out of settling; it arrives somewhere next. */
    void settle(int row, long amount) {
        change(row, SETTLING, -amount);
    }

    void setAside(int row, long amount) {
        change(row, AVAILABLE, -amount);
        change(row, WITHDRAWING, amount);
    }

    void giveUp(int row, long amount) {
        change(row, WITHDRAWING, -amount);
        arrive(row, amount);
    }

    void withdraw(int row, long amount) {
        change(row, WITHDRAWING, -amount);
        hold(row, -amount);
    }

    /** From now on what arrives is exiting, and what is available too. */
    void beginExit(int row) {
        rows[(row << 3) + FLAGS] |= IS_EXITING;
        long available = available(row);
        change(row, AVAILABLE, -available);
        change(row, EXITING, available);
    }

    void endExit(int row) {
        rows[(row << 3) + FLAGS] &= ~IS_EXITING;
        long exiting = rows[(row << 3) + EXITING];
        change(row, EXITING, -exiting);
        arrive(row, exiting);
    }

    /** Adds to available, or to exiting; what is owed is paid first and so leaves the engine (M38). */
    void arrive(int row, long amount) {
        touch(row);
        add(row, amount);
    }

    private void add(int row, long amount) {
        long[] all = rows;
        int at = row << 3;
        if (all[at + OWED] == 0 && (all[at + FLAGS] & IS_EXITING) == 0) {
            all[at + AVAILABLE] += amount;
        } else {
            repay(row, amount);
        }
    }

    private void repay(int row, long amount) {
        int at = row << 3;
        long repaid = Math.min(amount, rows[at + OWED]);
        rows[at + OWED] -= repaid;
        hold(row, -repaid);
        rows[at + ((rows[at + FLAGS] & IS_EXITING) == 0 ? AVAILABLE : EXITING)] += amount - repaid;
    }

    // ---- what a command touched ----

    /** Returns the row that the command touched first, or {@link #NONE}. */
    int firstTouched() {
        return firstTouched;
    }

    /** Forgets that a row, the first, was touched, and returns the one touched after it, or {@link #NONE}. */
    int forgetTouched(int row) {
        long[] all = rows;
        int at = (row << 3) + FLAGS;
        firstTouched = row == lastTouched ? NONE : Rows.high(all[at]);
        all[at] &= IS_EXITING;
        return firstTouched;
    }

    private void change(int row, int part, long amount) {
        touch(row);
        rows[(row << 3) + part] += amount;
    }

    private void touch(int row) {
        long[] all = rows;
        int at = (row << 3) + FLAGS;
        if ((all[at] & IS_TOUCHED) == 0) {
            all[at] |= IS_TOUCHED;
            if (firstTouched == NONE) {
                firstTouched = row;
            } else {
                int last = (lastTouched << 3) + FLAGS;
                all[last] = Rows.withHigh(all[last], row);
            }
            lastTouched = row;
        }
    }

    private void hold(int row, long amount) {
        held[heldRow(row)] += amount;
    }

    private int heldRow(int row) {
        return assets.find(asset(row));
    }
}
