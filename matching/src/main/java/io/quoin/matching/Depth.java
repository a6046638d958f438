package io.quoin.matching;

/** What a book offers to an order that is about to arrive. Changes nothing. */
final class Depth {
    private final Orders orders;
    private final Levels levels;

    Depth(Orders orders, Levels levels) {
        this.orders = orders;
        this.levels = levels;
    }

    /** Returns where a post-only order slides to that would cross (M17), in ticks; 0 if nowhere. */
    static long slideTo(Book book, boolean buys) {
        long tick = book.spec().bounds().tickSize();
        long best = book.side(!buys).bestPrice();
        if (buys ? best <= tick : best > Long.MAX_VALUE - tick) {
            return 0;
        }
        long price = buys ? best - tick : best + tick;
        return book.isInBand(price) ? price : 0;
    }

    /** Returns the price that an order which takes the market is held to (M14), in ticks; 0 if none follows. */
    long heldPrice(Book book, boolean buys, long price, int slippage, long quantity) {
        if (book.side(!buys).isEmpty()) {
            return 0;
        }
        return buys ? heldBuying(book, price, slippage, quantity) : heldSelling(book, price, slippage);
    }

    private long heldBuying(Book book, long price, int slippage, long quantity) {
        long tick = book.spec().bounds().tickSize();
        Ladder asks = book.side(false);
        long held = Fractions.floorToMultiple(book.highestPrice(), tick);
        if (price != 0) {
            held = Math.min(held, price);
        }
        if (slippage != 0) {
            long best = asks.bestPrice();
            long distance = Fractions.floor(best, slippage);
            long limit = distance > Long.MAX_VALUE - best ? Long.MAX_VALUE : best + distance;
            held = Math.min(held, Fractions.floorToMultiple(limit, tick));
        }
        return price == 0 && slippage == 0 ? Math.min(held, worstNeeded(asks, quantity)) : held;
    }

    private static long heldSelling(Book book, long price, int slippage) {
        long tick = book.spec().bounds().tickSize();
        long held = Math.max(Math.max(tick, price), Fractions.ceilToMultiple(book.lowestPrice(), tick));
        if (slippage != 0) {
            long best = book.side(true).bestPrice();
            held = Math.max(held, Fractions.ceilToMultiple(best - Fractions.floor(best, slippage), tick));
        }
        return held;
    }

    private long worstNeeded(Ladder makers, long quantity) {
        long found = 0;
        long worst = 0;
        for (boolean more = makers.walk(); more && found < quantity; more = makers.walkOn()) {
            found += levels.remaining(makers.walkedLevel());
            worst = makers.walkedPrice();
        }
        return worst;
    }

    /**
     * Tells whether an order would fill a minimum at once (M16), going through the makers as matching would: at each
     * level first what they show, then what they hide.
     */
    boolean isFillable(Book book, Ticket taker, long minimum) {
        Ladder makers = book.side(!taker.buys());
        long wanted = taker.quantity;
        long filled = 0;
        for (boolean more = makers.walk(); more; more = makers.walkOn()) {
            if (!taker.reaches(makers.walkedPrice())) {
                return false;
            }
            long hidden = 0;
            int maker = levels.first(makers.walkedLevel());
            for (; maker != Orders.NONE; maker = orders.behind(maker)) {
                if (taker.isOwn(orders, maker)) {
                    switch (taker.selfTrade) {
                        case CANCEL_NEWEST, CANCEL_BOTH -> {
                            return false;
                        }
                        case CANCEL_OLDEST -> {}
                        case DECREMENT_AND_CANCEL -> wanted -= Math.min(wanted, orders.remaining(maker));
                    }
                } else {
                    long lots = Math.min(wanted, orders.shown(maker));
                    hidden += orders.remaining(maker) - orders.shown(maker);
                    wanted -= lots;
                    filled += lots;
                }
                if (filled >= minimum || wanted < book.spec().bounds().minimumFillLots()) {
                    return filled >= minimum;
                }
            }
            long lots = Math.min(wanted, hidden);
            wanted -= lots;
            filled += lots;
            if (filled >= minimum || wanted == 0) {
                return filled >= minimum;
            }
        }
        return false;
    }
}
