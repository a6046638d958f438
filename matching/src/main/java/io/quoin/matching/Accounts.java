package io.quoin.matching;

/** Every account that the engine has seen, each a row of the slab, and the open orders of each. */
final class Accounts {
    static final int NONE = -1;

    static final int ID = 0;
    private static final int MARKET = 1; // whose balances it knows: the market's row + 1
    private static final int BALANCES = 2; // of the market's base and quote asset

    private final Slab slab;
    private final LongIndex index;

    /** Makes no accounts; there will be as many as balances at most. The salt is for {@link LongIndex}. */
    Accounts(Slab slab, long salt) {
        this.slab = slab;
        this.index = new LongIndex(salt);
    }

    /** Returns the row of an account, or {@link #NONE}. */
    int find(long id) {
        return index.find(id);
    }

    /** Adds an account that is not there. */
    int add(long id) {
        int account = slab.take();
        slab.set(account, ID, id);
        slab.set(account, MARKET, 0);
        slab.startHolding(account);
        index.put(id, account);
        return account;
    }

    long id(int account) {
        return slab.get(account, ID);
    }

    /** Tells whether the account's row knows its balances in a market, so that they need not be looked for. */
    boolean knows(int account, int market) {
        return slab.get(account, MARKET) == market + 1;
    }

    int base(int account) {
        return Rows.high(slab.get(account, BALANCES));
    }

    int quote(int account) {
        return Rows.low(slab.get(account, BALANCES));
    }

    /** Remembers the rows of the account's balances in a market, the latest that it had an order in. */
    void remember(int account, int market, int base, int quote) {
        slab.set(account, MARKET, market + 1L);
        slab.set(account, BALANCES, Rows.pack(base, quote));
    }

    /** Returns the order behind one among its account's orders, in no order that matters; the account at the end. */
    int next(int orderOrAccount) {
        return slab.heldBehind(orderOrAccount);
    }
}
