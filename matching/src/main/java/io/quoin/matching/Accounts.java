package io.quoin.matching;

/** Every account that the engine has seen, each a row of the slab, and the open orders of each. */
final class Accounts {
    static final int NONE = -1;

    private static final int ID = 0;

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
        slab.startHolding(account);
        index.put(id, account);
        return account;
    }

    long id(int account) {
        return slab.get(account, ID);
    }

    /** Returns the order behind one among its account's orders, in no order that matters; the account at the end. */
    int next(int orderOrAccount) {
        return slab.heldBehind(orderOrAccount);
    }

    void add(int order, int account) {
        slab.hold(order, account);
    }

    void remove(int order) {
        slab.release(order);
    }
}
