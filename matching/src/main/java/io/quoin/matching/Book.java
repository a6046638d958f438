package io.quoin.matching;

/**
 * One market's book: matches orders as they arrive, by price and then by time, at the maker's price. Who arrives has
 * been checked and has reserved what it needs; the {@link BookListener} hears what happens.
 */
final class Book {
    private final int row;
    private final int market;
    private final MarketSpec spec;
    private final OrderBounds bounds;
    private final int feeBalance;
    private final OpenOrders open;
    private final Orders orders;
    private final Levels levels;
    private final BookListener listener;
    private final Ladder[] sides; // bids, asks: an array, since which one it is cannot be foretold
    private final Ladder[] stops;
    private final Costs costs;
    private final int baseAsset;
    private final int reservedByBuyers;
    private final int reservedBySellers;
    private final int otherOfBuyers;
    private final int otherOfSellers;
    private final long minimumFill;
    private final MarketPrices prices;
    private MarketState state;

    Book(int row, MarketSpec spec, int feeBalance, OpenOrders open, Levels levels, BookListener listener) {
        this.row = row;
        this.market = spec.id().value();
        this.feeBalance = feeBalance;
        this.spec = spec;
        this.bounds = spec.bounds();
        this.open = open;
        this.orders = open.rows();
        this.levels = levels;
        this.listener = listener;
        long tickSize = spec.bounds().tickSize();
        this.sides = new Ladder[] {new Ladder(true, tickSize), new Ladder(false, tickSize)};
        // A stop that buys is reached by a rising price, so the lowest is first.
        this.stops = new Ladder[] {new Ladder(false, tickSize), new Ladder(true, tickSize)};
        this.costs = new Costs(spec);
        this.baseAsset = spec.base().value();
        this.reservedByBuyers = spec.reservedBy(Side.BUY).value();
        this.reservedBySellers = spec.reservedBy(Side.SELL).value();
        int both = spec.base().value() ^ spec.quote().value();
        this.otherOfBuyers = both ^ reservedByBuyers;
        this.otherOfSellers = both ^ reservedBySellers;
        this.minimumFill = spec.bounds().minimumFillLots();
        this.prices = new MarketPrices(spec.band());
        this.state = spec.state();
    }

    int row() {
        return row;
    }

    /** Returns the number of its market's id. */
    int market() {
        return market;
    }

    MarketSpec spec() {
        return spec;
    }

    OrderBounds bounds() {
        return bounds;
    }

    /** The engine's orders, which are those of this book too. */
    Orders orders() {
        return orders;
    }

    /** Returns the row of the balance that earns the fees. */
    int feeBalance() {
        return feeBalance;
    }

    Costs costs() {
        return costs;
    }

    /** Tells whether an order of a side reserves the base asset. */
    boolean reservesBase(boolean buys) {
        return reservedAsset(buys) == baseAsset;
    }

    /** Returns the asset that an order of a side reserves. */
    int reservedAsset(boolean buys) {
        return buys ? reservedByBuyers : reservedBySellers;
    }

    /** Returns the asset of the market that an order of a side does not reserve. */
    int otherAsset(boolean buys) {
        return buys ? otherOfBuyers : otherOfSellers;
    }

    /** Returns the price that an open order's reserve is reckoned with (M15). */
    long reservedAt(int order) {
        long price = orders.price(order);
        return price == 0 ? bounds.tickSize() : price;
    }

    MarketPrices prices() {
        return prices;
    }

    MarketState state() {
        return state;
    }

    void state(MarketState next) {
        state = next;
    }

    Ladder side(boolean buys) {
        return sides[buys ? 0 : 1];
    }

    Ladder stops(boolean buys) {
        return stops[buys ? 0 : 1];
    }

    boolean isCrossed() {
        return !sides[0].isEmpty() && !sides[1].isEmpty() && sides[0].bestPrice() >= sides[1].bestPrice();
    }

    /** Tells whether an order at this price would meet one of the other side. */
    boolean wouldCross(boolean buys, long price) {
        return side(!buys).reaches(price);
    }

    // ---- arriving ----

    /** Lets an order that has arrived, or was triggered, match and then rest or go (M18-M20). */
    void enter(int order) {
        boolean crosses = state == MarketState.OPEN && wouldCross(Tags.isBuy(orders.tags(order)), orders.price(order));
        if (!crosses || match(order)) {
            settleDown(order, crosses);
        }
    }

    /** Lets a stop order wait. Its price's memory was checked to be there; without it, it is cancelled as if it rested. */
    void await(int order) {
        if (stops(Tags.isBuy(orders.tags(order))).append(orders, levels, order, orders.stopPrice(order))
                == Levels.NONE) {
            discard(order, CancelReason.UNFILLED);
        }
    }

    /** Matches an order; false if it was cancelled on the way. */
    private boolean match(int taker) {
        Ladder makers = side(!Tags.isBuy(orders.tags(taker)));
        long limit = orders.price(taker);
        boolean stands = true;
        while (stands && makers.reaches(limit) && mayFill(taker)) {
            stands = matchBestLevel(taker, makers);
        }
        return stands;
    }

    private boolean mayFill(int taker) {
        return orders.remaining(taker) >= minimumFill && listener.room() > 0;
    }

    private boolean matchBestLevel(int taker, Ladder makers) {
        int level = makers.best();
        long price = makers.bestPrice();
        boolean stands = true;
        boolean changed = false;
        do {
            int maker = orders.behind(level);
            if (isOwn(taker, maker)) {
                changed |= Tags.selfTrade(orders.tags(taker)) != SelfTradePrevention.CANCEL_NEWEST;
                stands = preventSelfTrade(taker, maker);
            } else {
                changed = true;
                fill(taker, maker, makers, price);
            }
        } while (stands && makers.best() == level && mayFill(taker));
        if (changed) {
            sayLevel(makers == sides[0], price, level);
        }
        return stands;
    }

    private void fill(int taker, int maker, Ladder makers, long price) {
        long lots = Math.min(orders.remaining(taker), orders.shown(maker));
        Ladder.reduce(orders, levels, maker, lots, lots);
        orders.remaining(taker, orders.remaining(taker) - lots);
        trade(maker, taker, price, lots);
        afterFill(maker, makers);
    }

    void trade(int maker, int taker, long price, long lots) {
        prices.traded(price);
        listener.filled(this, maker, taker, price, lots);
    }

    /** Ends, refreshes or leaves an order of which a part was filled (M19). */
    void afterFill(int order, Ladder side) {
        long remaining = orders.remaining(order);
        if (remaining == 0) {
            side.remove(orders, levels, order, orders.level(order), orders.price(order));
            close(order);
        } else if (remaining < minimumFill) {
            discard(order, CancelReason.BELOW_MINIMUM_FILL);
        } else if (orders.shown(order) == 0) {
            side.refresh(orders, levels, order, Math.min(orders.display(order), remaining));
            listener.rested(this, order);
        }
    }

    private void settleDown(int order, boolean matched) {
        long remaining = orders.remaining(order);
        int tags = orders.tags(order);
        if (remaining == 0) {
            close(order);
        } else if (!Tags.rests(tags)) {
            discard(order, CancelReason.UNFILLED);
        } else if (remaining < minimumFill) {
            discard(order, CancelReason.BELOW_MINIMUM_FILL);
        } else if (matched && listener.room() == 0 && isStuck(order)) {
            discard(order, CancelReason.UNFILLED);
        } else {
            rest(order, tags, remaining);
        }
    }

    /** Tells whether an order would still meet another, for only the want of room for fills ended its matching. */
    private boolean isStuck(int order) {
        return state == MarketState.OPEN && wouldCross(Tags.isBuy(orders.tags(order)), orders.price(order));
    }

    private void rest(int order, int tags, long remaining) {
        boolean buys = Tags.isBuy(tags);
        long price = orders.price(order);
        if (Tags.isIceberg(tags)) {
            orders.visible(order, Math.min(orders.display(order), remaining));
        }
        int level = side(buys).append(orders, levels, order, price);
        if (level != Levels.NONE) {
            listener.rested(this, order);
            sayLevel(buys, price, level);
        } else {
            discard(order, CancelReason.UNFILLED);
        }
    }

    // ---- leaving ----

    /** Cancels an open order, and says what its level shows then. */
    void cancel(int order, CancelReason reason) {
        boolean waits = Tags.waits(orders.tags(order));
        boolean buys = Tags.isBuy(orders.tags(order));
        long price = orders.price(order);
        int level = orders.level(order);
        discard(order, reason);
        if (!waits) {
            sayLevel(buys, price, level);
        }
    }

    /** Takes an order out of its queue without a word; it stays open, and has the level's place no more. */
    void leave(int order) {
        long[] rows = orders.rows();
        int at = order << 3;
        int tags = Rows.low(rows[at + Orders.TAGS]);
        int level = Rows.low(rows[at + Orders.LEVEL]);
        if (level != Levels.NONE) {
            rows[at + Orders.LEVEL] = Rows.withLow(rows[at + Orders.LEVEL], Levels.NONE);
            long price = Tags.waits(tags) ? orders.stopPrice(order) : rows[at + Orders.PRICE];
            ladderOf(tags).remove(orders, levels, order, level, price);
        }
    }

    /** Takes lots off an order, which keeps its place and of which something remains (M24). */
    void reduce(int order, long lots) {
        lose(order, lots);
        int tags = orders.tags(order);
        if (!Tags.waits(tags)) {
            sayLevel(Tags.isBuy(tags), orders.price(order), orders.level(order));
        }
    }

    /** Cancels what remains of an order without a word on its level. */
    void discard(int order, CancelReason reason) {
        leave(order);
        listener.cancelled(this, order, reason);
        close(order);
    }

    /** Forgets an order that is in no ladder any more. */
    private void close(int order) {
        if (Tags.isFoundOtherwise(orders.tags(order))) {
            open.forget(order);
        }
        orders.release(order);
        orders.close(order);
    }

    private Ladder ladderOf(int tags) {
        return Tags.waits(tags) ? stops(Tags.isBuy(tags)) : side(Tags.isBuy(tags));
    }

    private void lose(int order, long lots) {
        long remaining = orders.remaining(order) - lots;
        int level = orders.level(order);
        orders.total(order, orders.total(order) - lots);
        if (level == Levels.NONE) {
            orders.remaining(order, remaining);
        } else {
            Ladder.reduce(orders, levels, order, Math.max(0, orders.shown(order) - remaining), lots);
        }
        listener.reduced(this, order, lots);
    }

    /**
     * Prevents a self-trade (M22).
     *
     * @return whether the taker stands
     */
    boolean preventSelfTrade(int taker, int maker) {
        SelfTradePrevention mode = Tags.selfTrade(orders.tags(taker));
        if (mode == SelfTradePrevention.DECREMENT_AND_CANCEL) {
            long lots = Math.min(orders.remaining(taker), orders.remaining(maker));
            decrement(maker, lots);
            return decrement(taker, lots);
        }
        if (mode != SelfTradePrevention.CANCEL_NEWEST) {
            discard(maker, CancelReason.SELF_TRADE);
        }
        if (mode != SelfTradePrevention.CANCEL_OLDEST) {
            discard(taker, CancelReason.SELF_TRADE);
        }
        return mode == SelfTradePrevention.CANCEL_OLDEST;
    }

    private boolean decrement(int order, long lots) {
        if (orders.remaining(order) == lots) {
            discard(order, CancelReason.SELF_TRADE);
            return false;
        }
        lose(order, lots);
        if (orders.remaining(order) < minimumFill) {
            discard(order, CancelReason.BELOW_MINIMUM_FILL);
            return false;
        }
        return true;
    }

    /** Tells whether two orders may not trade with each other. */
    boolean isOwn(int order, int other) {
        int group = orders.tradeGroup(order);
        return orders.account(order) == orders.account(other) || (group != 0 && group == orders.tradeGroup(other));
    }

    /** Says what a level shows, also one that has just lost its last order. */
    void sayLevel(boolean buys, long price, int level) {
        listener.levelChanged(this, buys, price, levels.visible(level), levels.count(level));
    }
}
