package io.quoin.matching;

import java.util.Arrays;

/**
 * The fills that have not ended, by id. Ids count up, and fills end in about the order in which they began, so that a
 * ring by the id's last bits finds nearly all of them; one that a later fill meets at its place there moves to an index.
 */
final class OpenFills {
    static final int NONE = -1;

    private static final int WIDTH = 9;
    private static final int ID = 0;
    private static final int BUYER = 1; // rows of the buyer's base and quote balance
    private static final int SELLER = 2;
    private static final int BASE = 3;
    private static final int QUOTE = 4;
    private static final int BUYER_FEE = 5;
    private static final int SELLER_FEE = 6;
    private static final int BOND = 7;
    private static final int MARKET = 8; // of a free row: the next free one
    private static final int LARGEST_RING = 1 << 20;

    private final int limit;
    private final int[] ring; // row + 1
    private final LongIndex overtaken = new LongIndex(0);
    private long[] rows = new long[0];
    private int used;
    private int size;
    private int free = NONE;
    private long lastId;

    OpenFills(int limit) {
        this.limit = limit;
        this.ring = new int[Math.min(LARGEST_RING, Integer.highestOneBit(limit) << 1)];
    }

    boolean isFull() {
        return size >= limit;
    }

    /** Tells how many more there may be. */
    int room() {
        return limit - size;
    }

    /** Returns the ids of all open fills, ascending: the order in which a snapshot has them. */
    long[] ids() {
        long[] ids = new long[size];
        int count = 0;
        for (int row = 0; row < used; row++) {
            if (find(id(row)) == row) {
                ids[count++] = id(row);
            }
        }
        Arrays.sort(ids);
        return ids;
    }

    long lastId() {
        return lastId;
    }

    void lastId(long id) {
        lastId = id;
    }

    /** Returns the row of an open fill, or {@link #NONE}. */
    int find(long id) {
        int row = ring[place(id)] - 1;
        return row >= 0 && rows[row * WIDTH + ID] == id ? row : overtaken.find(id);
    }

    /** Adds a fill; its parts are set next. */
    int add(long id) {
        int fill = free;
        if (fill == NONE) {
            fill = used++;
            if (fill * WIDTH == rows.length) {
                rows = Arrays.copyOf(rows, Rows.next(fill, Integer.MAX_VALUE / WIDTH) * WIDTH);
            }
        } else {
            free = (int) rows[fill * WIDTH + MARKET];
        }
        rows[fill * WIDTH + ID] = id;
        int met = ring[place(id)] - 1;
        if (met >= 0) {
            overtaken.put(id(met), met);
        }
        ring[place(id)] = fill + 1;
        lastId = Math.max(lastId, id);
        size++;
        return fill;
    }

    void remove(int fill) {
        long id = id(fill);
        if (ring[place(id)] == fill + 1) {
            ring[place(id)] = 0;
        } else {
            overtaken.remove(id);
        }
        size--;
        rows[fill * WIDTH + MARKET] = free;
        free = fill;
    }

    private int place(long id) {
        return (int) id & (ring.length - 1);
    }

    /** Sets the rows of the balances, base in the upper half, quote in the lower. */
    void balances(int fill, long buyer, long seller) {
        rows[fill * WIDTH + BUYER] = buyer;
        rows[fill * WIDTH + SELLER] = seller;
    }

    void amounts(int fill, long base, long quote, long bond) {
        rows[fill * WIDTH + BASE] = base;
        rows[fill * WIDTH + QUOTE] = quote;
        rows[fill * WIDTH + BOND] = bond;
    }

    void fees(int fill, long buyerFee, long sellerFee, int market) {
        rows[fill * WIDTH + BUYER_FEE] = buyerFee;
        rows[fill * WIDTH + SELLER_FEE] = sellerFee;
        rows[fill * WIDTH + MARKET] = market;
    }

    long id(int fill) {
        return rows[fill * WIDTH + ID];
    }

    int buyerBase(int fill) {
        return Rows.high(rows[fill * WIDTH + BUYER]);
    }

    int buyerQuote(int fill) {
        return Rows.low(rows[fill * WIDTH + BUYER]);
    }

    int sellerBase(int fill) {
        return Rows.high(rows[fill * WIDTH + SELLER]);
    }

    int sellerQuote(int fill) {
        return Rows.low(rows[fill * WIDTH + SELLER]);
    }

    long base(int fill) {
        return rows[fill * WIDTH + BASE];
    }

    long quote(int fill) {
        return rows[fill * WIDTH + QUOTE];
    }

    long bond(int fill) {
        return rows[fill * WIDTH + BOND];
    }

    long buyerFee(int fill) {
        return rows[fill * WIDTH + BUYER_FEE];
    }

    long sellerFee(int fill) {
        return rows[fill * WIDTH + SELLER_FEE];
    }

    int market(int fill) {
        return (int) rows[fill * WIDTH + MARKET];
    }
}
