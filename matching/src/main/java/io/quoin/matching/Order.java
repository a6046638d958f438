package io.quoin.matching;

/** An order that is being matched or rests in the book. */
final class Order {
    private final Command.PlaceOrder terms;
    private final MarketSpec spec;
    private long remainingLots;

    Order(Command.PlaceOrder terms, MarketSpec spec) {
        this.terms = terms;
        this.spec = spec;
        this.remainingLots = terms.quantityLots();
    }

    OrderId id() {
        return terms.order();
    }

    AccountId account() {
        return terms.account();
    }

    MarketSpec spec() {
        return spec;
    }

    Side side() {
        return terms.side();
    }

    long priceTicks() {
        return terms.priceTicks();
    }

    long expirySeconds() {
        return terms.expirySeconds();
    }

    long remainingLots() {
        return remainingLots;
    }

    void reduce(long lots) {
        remainingLots -= lots;
    }

    boolean isExpired(long nowSeconds) {
        return terms.expirySeconds() < nowSeconds;
    }

    /** Tells whether this order's limit allows it to trade at a price. */
    boolean allows(long otherPriceTicks) {
        return side() == Side.BUY ? otherPriceTicks <= priceTicks() : otherPriceTicks >= priceTicks();
    }

    /** Returns the balance that this order reserves from. */
    BalanceKey payer() {
        return new BalanceKey(account(), spec.paidBy(side()));
    }

    /** Returns what this order reserves for a part of it, in engine units of the asset that it pays. */
    long reserve(long lots) {
        return spec.reserve(side(), lots, priceTicks());
    }

    Event.OrderAccepted accepted(long restingLots) {
        return new Event.OrderAccepted(
                id(), account(), spec.id(), side(), priceTicks(), terms.quantityLots(), restingLots, expirySeconds());
    }

    OpenOrder view() {
        return new OpenOrder(
                id(), spec.id(), account(), side(), priceTicks(), terms.quantityLots(), remainingLots, expirySeconds());
    }

    void hashInto(StateHash hash) {
        hash.add(id().value());
        hash.add(account().value());
        hash.add(priceTicks());
        hash.add(terms.quantityLots());
        hash.add(remainingLots);
        hash.add(expirySeconds());
    }
}
