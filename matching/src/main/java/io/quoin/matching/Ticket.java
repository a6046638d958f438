package io.quoin.matching;

/** An order that is looked at before it is one. One ticket serves all orders, so that none has to be made. */
final class Ticket {
    long order;
    long account;
    int accountRow;
    int market;
    int kind; // side, type, time in force, post-only and self-trade mode, as Tags has them
    int reserving; // the balance that it reserves from
    int receiving; // the balance in the market's other asset, or none yet
    long reserve; // what it reserves
    long freed; // what the order reserves that it replaces
    long price;
    long held;
    long quantity;
    long display;
    long minimum;
    long stopPrice;
    int slippage;
    long expiry;
    long clientOrder;
    long session;
    int disconnectGroup;
    int tradeGroup;

    /** Takes what an order has that is open and about to match. */
    void of(Orders orders, int row) {
        order = orders.id(row);
        accountRow = orders.account(row);
        kind = Tags.kind(orders.tags(row));
        price = orders.price(row);
        held = price;
        quantity = orders.remaining(row);
        display = orders.display(row);
        minimum = orders.minimum(row);
        stopPrice = orders.stopPrice(row);
        slippage = orders.slippage(row);
        expiry = orders.expiry(row);
        session = orders.session(row);
        disconnectGroup = orders.disconnectGroup(row);
        tradeGroup = orders.tradeGroup(row);
    }

    boolean buys() {
        return Tags.isBuy(kind);
    }

    /** Tells whether it has nothing that orders need not have: parts, expiry, stop price. */
    boolean isPlain() {
        return (display | minimum | stopPrice | expiry | slippage) == 0;
    }

    /** Tells whether its held price allows it to trade at a price. */
    boolean reaches(long other) {
        return buys() ? other <= held : other >= held;
    }

    /** Tells whether it may not trade with an order. */
    boolean isOwn(Orders orders, int other) {
        return orders.account(other) == accountRow || (tradeGroup != 0 && orders.tradeGroup(other) == tradeGroup);
    }

    /** Returns what it must fill at once, in lots; 0 for nothing. */
    long mustFill() {
        return Tags.isFillOrKill(kind) ? quantity : minimum;
    }
}
