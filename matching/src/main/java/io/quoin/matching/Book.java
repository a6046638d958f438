package io.quoin.matching;

import java.util.Optional;

/** One market and its two sides. Between commands the best bid is below the best ask. */
final class Book {
    private final MarketSpec spec;
    private final BookSide bids = new BookSide(Side.BUY);
    private final BookSide asks = new BookSide(Side.SELL);

    Book(MarketSpec spec) {
        this.spec = spec;
    }

    MarketSpec spec() {
        return spec;
    }

    BookSide side(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    /** Returns the order that an arriving order trades with first, if its limit allows any. */
    Optional<Order> firstAgainst(Order taker) {
        return side(taker.side().opposite()).first().filter(maker -> taker.allows(maker.priceTicks()));
    }

    BookSnapshot snapshot(int depth) {
        return new BookSnapshot(spec.id(), bids.best(depth), asks.best(depth));
    }

    void hashInto(StateHash hash) {
        hash.add(spec.id().value());
        hash.add(spec.base().value());
        hash.add(spec.quote().value());
        hash.add(spec.baseUnitsPerLot());
        hash.add(spec.quoteUnitsPerTickLot());
        bids.hashInto(hash);
        asks.hashInto(hash);
    }
}
