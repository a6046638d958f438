package io.quoin.matching;

/** Matches a crossed book at one price (M30, M31), and says what that price would be (M32). */
final class Auction {
    private final Orders orders;
    private final Levels levels;
    private final BookListener listener;
    private final Uncrossing uncrossing;

    Auction(Orders orders, Levels levels, BookListener listener) {
        this.orders = orders;
        this.levels = levels;
        this.listener = listener;
        this.uncrossing = new Uncrossing(levels);
    }

    /** Returns the price at which a book would match now, with volume and imbalance. */
    Uncrossing look(Book book) {
        long preferred = book.prices().reference() == 0
                ? book.prices().last()
                : book.prices().reference();
        uncrossing.find(book.side(true), book.side(false), book.spec().bounds().tickSize(), preferred);
        return uncrossing;
    }

    /** Matches a crossed book at one price. */
    void uncross(Book book) {
        long price = look(book).price();
        Ladder bids = book.side(true);
        Ladder asks = book.side(false);
        listener.uncrossing(book, price);
        long bidPrice = 0;
        long askPrice = 0;
        while (bids.reaches(price) && asks.reaches(price) && listener.room() > 0) {
            bidPrice = bids.bestPrice();
            askPrice = asks.bestPrice();
            meet(book, bids.first(orders), asks.first(orders), price);
            sayIfGone(book, true, bidPrice);
            sayIfGone(book, false, askPrice);
        }
        sayIfThere(book, true, bidPrice);
        sayIfThere(book, false, askPrice);
        while (book.isCrossed()) {
            int bid = bids.first(orders);
            int ask = asks.first(orders);
            book.cancel(isNewer(bid, ask) ? bid : ask, CancelReason.AUCTION_RESIDUAL);
        }
    }

    private void meet(Book book, int bid, int ask, long price) {
        int taker = isNewer(bid, ask) ? bid : ask;
        int maker = taker == bid ? ask : bid;
        if (book.isOwn(taker, maker)) {
            book.preventSelfTrade(taker, maker);
            return;
        }
        boolean takerBuys = taker == bid;
        long lots = Math.min(orders.shown(bid), orders.shown(ask));
        Ladder.reduce(orders, levels, bid, lots, lots);
        Ladder.reduce(orders, levels, ask, lots, lots);
        book.trade(maker, taker, price, lots);
        book.afterFill(maker, book.side(!takerBuys));
        book.afterFill(taker, book.side(takerBuys));
    }

    private boolean isNewer(int order, int other) {
        return orders.sequence(order) > orders.sequence(other);
    }

    private void sayIfGone(Book book, boolean buys, long price) {
        Ladder side = book.side(buys);
        if (side.isEmpty() || side.bestPrice() != price) {
            listener.levelChanged(book, buys, price, 0, 0);
        }
    }

    private void sayIfThere(Book book, boolean buys, long price) {
        Ladder side = book.side(buys);
        if (!side.isEmpty() && side.bestPrice() == price) {
            listener.levelChanged(book, buys, price, levels.visible(side.best()), levels.count(side.best()));
        }
    }
}
