package io.quoin.matching;

/** Open orders and everything that finds them: ids, accounts, expiries and client order ids. */
final class OpenOrders {
    private final Orders rows;
    private final ExpiryQueue expiries;
    private final ClientOrders clientOrders;
    private long lastSequence;

    OpenOrders(Orders rows, ClientOrders clientOrders) {
        this.rows = rows;
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

    /** Returns the next number of arrival. */
    long nextSequence() {
        return ++lastSequence;
    }

    void lastSequence(long sequence) {
        lastSequence = sequence;
    }

    /** Takes a row for an order, and makes it one of its account's. */
    int open(long id, int account) {
        return open(id, account, nextSequence());
    }

    /** Takes a row for an order that arrived with this number. */
    int open(long id, int account, long sequence) {
        int order = rows.open(id, account, sequence);
        rows.hold(order, account);
        return order;
    }

    /** Lets an order expire one day, once its tags and its expiry are set. */
    void expire(int order) {
        if (Tags.expires(rows.tags(order))) {
            expiries.add(order);
        }
    }

    /**
     * Makes an order that is in no book another one in its row: another id, the latest arrival; its parts are written
     * next.
     *
     * @return the row of the client order id that it keeps, or {@link Orders#NONE}
     */
    int renew(int order, long id, boolean keepsClientOrder) {
        if (Tags.expires(rows.tags(order))) {
            expiries.remove(order);
        }
        int memory = rows.clientOrder(order);
        if (memory != Orders.NONE && !keepsClientOrder) {
            clientOrders.close(memory);
            memory = Orders.NONE;
        }
        rows.rename(order, id);
        rows.sequence(order, nextSequence());
        return memory;
    }

    /** Forgets when an order expires, and its client order id, of which its tags say that it has one or the other. */
    void forget(int order) {
        if (Tags.expires(rows.tags(order))) {
            expiries.remove(order);
        }
        int clientOrder = rows.clientOrder(order);
        if (clientOrder != Orders.NONE) {
            clientOrders.close(clientOrder);
        }
    }
}
