package io.quoin.matching;

import org.jspecify.annotations.Nullable;

/** Opens markets and changes what they do: states, reference prices, auctions. */
final class MarketRules {
    private final EngineState state;
    private final Clearing clearing;
    private final Trading trading;
    private final Auction auction;
    private final EventWriter events;
    private int auctions;

    MarketRules(EngineState state, Clearing clearing, Trading trading, EventWriter events) {
        this.state = state;
        this.clearing = clearing;
        this.trading = trading;
        this.auction = new Auction(state.orders, state.levels, clearing);
        this.events = events;
    }

    @Nullable
    RefusalReason open(MarketSpec spec) {
        if (state.markets.has(spec.id().value())) {
            return RefusalReason.MARKET_EXISTS;
        }
        if (!Markets.isSound(spec)) {
            return RefusalReason.MARKET_INVALID;
        }
        if (state.markets.isFull()) {
            return RefusalReason.ENGINE_FULL;
        }
        Book book = make(spec);
        if (book.feeBalance() == Funds.NONE) {
            return RefusalReason.ENGINE_FULL;
        }
        add(book);
        events.marketOpened(spec);
        return null;
    }

    /** Makes the book of a market that is not open yet; without a balance for fees if none can be made. */
    Book make(MarketSpec spec) {
        int feeBalance =
                state.balance(spec.fees().account().value(), spec.quote().value());
        return new Book(state.markets.size(), spec, feeBalance, state.open, state.levels, clearing);
    }

    void add(Book book) {
        state.markets.add(book);
        auctions += book.state() == MarketState.AUCTION ? 1 : 0;
    }

    @Nullable
    RefusalReason setState(int market, MarketState next) {
        if (!state.markets.has(market)) {
            return RefusalReason.UNKNOWN_MARKET;
        }
        Book book = state.markets.of(market);
        boolean was = book.state() == MarketState.AUCTION;
        boolean is = next == MarketState.AUCTION;
        if (is && !was) {
            book.prices().indicated(0, 0, 0);
        }
        auctions += (is ? 1 : 0) - (was ? 1 : 0);
        book.state(next);
        events.marketStateChanged(market, next);
        if ((next == MarketState.OPEN || next == MarketState.POST_ONLY) && book.isCrossed()) {
            auction.uncross(book);
        }
        trading.lookAtStops(book);
        return null;
    }

    @Nullable
    RefusalReason setReference(int market, long price) {
        if (!state.markets.has(market)) {
            return RefusalReason.UNKNOWN_MARKET;
        }
        Book book = state.markets.of(market);
        if (price < 0 || price % book.spec().bounds().tickSize() != 0) {
            return RefusalReason.PRICE_INVALID;
        }
        book.prices().reference(price);
        events.referencePriceChanged(market, price);
        return null;
    }

    /** Says for every auction at what price it would match now, if that is news (M32). */
    void indicate() {
        if (auctions == 0) {
            return;
        }
        for (int row = 0; row < state.markets.size(); row++) {
            Book book = state.markets.at(row);
            if (book.state() == MarketState.AUCTION) {
                indicate(book, auction.look(book));
            }
        }
    }

    private void indicate(Book book, Uncrossing now) {
        if (book.prices().isIndicated(now.price(), now.volume(), now.imbalance())) {
            return;
        }
        book.prices().indicated(now.price(), now.volume(), now.imbalance());
        events.indicativePrice(book.spec().id().value(), now.price(), now.volume(), now.imbalance());
    }
}
