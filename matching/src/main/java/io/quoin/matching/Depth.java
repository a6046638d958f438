package io.quoin.matching;

/** What a book offers to an order that is about to arrive. Changes no book. */
final class Depth {
    private final Orders orders;
    private final Levels levels;
    private long wanted;
    private long filled;
    private long smallestFill;
    private int fillsLeft;

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
        return book.prices().isInBand(price) ? price : 0;
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
        long held = Fractions.floorToMultiple(book.prices().highest(), tick);
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
        long held = Math.max(
                Math.max(tick, price), Fractions.ceilToMultiple(book.prices().lowest(), tick));
        if (slippage != 0) {
            long best = book.side(true).bestPrice();
            held = Math.max(held, Fractions.ceilToMultiple(best - Fractions.floor(best, slippage), tick));
        }
        return held;
    }

    private long worstNeeded(Ladder makers, long quantity) {
        long found = 0;
        long worst = 0;
        for (boolean more = makers.walk(); more && found < quantity; more = makers.walkOn(levels)) {
            found += levels.remaining(makers.walkedLevel());
            worst = makers.walkedPrice();
        }
        return worst;
    }

    /**
     * Tells whether an order would fill a minimum at once (M16), going through the makers as matching would: at each
     * level first what they show, then what icebergs show next, one part after the other.
     *
     * @param room how many fills there may be
     */
    boolean isFillable(Book book, Ticket taker, long minimum, int room) {
        Ladder makers = book.side(!taker.buys());
        wanted = taker.quantity;
        filled = 0;
        fillsLeft = room;
        smallestFill = book.spec().bounds().minimumFillLots();
        boolean goesOn = fillsLeft > 0;
        for (boolean more = makers.walk();
                goesOn && more && taker.reaches(makers.walkedPrice());
                more = makers.walkOn(levels)) {
            goesOn = fillShown(taker, makers.walkedLevel());
            for (long round = 0; goesOn && hides(taker, makers.walkedLevel(), round); round++) {
                goesOn = fillHidden(taker, makers.walkedLevel(), round);
            }
        }
        return filled >= minimum;
    }

    private boolean fillShown(Ticket taker, int level) {
        for (int maker = orders.behind(level); maker != level; maker = orders.behind(maker)) {
            if (!taker.isOwn(orders, maker)) {
                fill(orders.shown(maker));
            } else {
                switch (Tags.selfTrade(taker.kind)) {
                    case CANCEL_NEWEST, CANCEL_BOTH -> wanted = 0;
                    case CANCEL_OLDEST -> {}
                    case DECREMENT_AND_CANCEL -> wanted -= Math.min(wanted, orders.remaining(maker));
                }
            }
            if (wanted < smallestFill || fillsLeft == 0) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a level still hides something, once so many parts of its icebergs are filled. */
    private boolean hides(Ticket taker, int level, long round) {
        for (int maker = orders.behind(level); maker != level; maker = orders.behind(maker)) {
            if (part(taker, maker, round) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean fillHidden(Ticket taker, int level, long round) {
        for (int maker = orders.behind(level); maker != level; maker = orders.behind(maker)) {
            long part = part(taker, maker, round);
            if (part > 0) {
                fill(part);
            }
            if (wanted < smallestFill || fillsLeft == 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns what a maker would show in a round, the first of which comes after what it shows now. */
    private long part(Ticket taker, int maker, long round) {
        long display = orders.display(maker);
        if (display == 0 || taker.isOwn(orders, maker)) {
            return 0;
        }
        return Math.min(display, orders.remaining(maker) - orders.shown(maker) - round * display);
    }

    private void fill(long offered) {
        long lots = Math.min(wanted, offered);
        wanted -= lots;
        filled += lots;
        fillsLeft--;
    }
}
