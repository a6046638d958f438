package io.quoin.matching;

/** Open orders and everything that finds them: ids, accounts, expiries and client order ids. */
final class OpenOrders {
    private final Orders rows;
    private final Accounts accounts;
    private final ExpiryQueue expiries;
    private final ClientOrders clientOrders;
    private long lastSequence;

    OpenOrders(Orders rows, Accounts accounts, ClientOrders clientOrders) {
        this.rows = rows;
        this.accounts = accounts;
        this.clientOrders = clientOrders;
        this.expiries = new ExpiryQueue(rows);
    }

    Orders rows() {
        return rows;
    }

    ExpiryQueue expiries() {
        return expiries;
    }

    long lastSequence() {
        return lastSequence;
    }

    void lastSequence(long sequence) {
        lastSequence = sequence;
    }

    /** Takes a row for an order, and makes it the newest of its account. */
    int open(long id, int account) {
        int order = rows.open(id);
        rows.accountAndLevel(order, account, Levels.NONE);
        rows.visible(order, 0);
        rows.sequence(order, ++lastSequence);
        rows.forgetMemory(order);
        accounts.append(order, account);
        return order;
    }

    /** Lets an order expire one day, once its tags and its expiry are set. */
    void expire(int order) {
        if (Tags.expires(rows.tags(order))) {
            expiries.add(order);
        }
    }

    /** Forgets an order that is in no book any more. */
    void close(int order) {
        accounts.remove(order);
        if (Tags.expires(rows.tags(order))) {
            expiries.remove(order);
        }
        int clientOrder = rows.clientOrder(order);
        if (clientOrder != Orders.NONE) {
            clientOrders.close(clientOrder);
        }
        rows.close(order);
    }
}
