package io.quoin.matching;

/**
 * The book alone, with everything that it can do compiled in, for the benchmark: orders by id and by account, expiry,
 * stops, icebergs, self-trade prevention, levels; without balances, fees and encoding.
 */
public final class BookDriver {
    private static final int SALT = 0;

    private final Orders orders;
    private final Accounts accounts;
    private final OpenOrders open;
    private final Book book;
    private final StopOrders stops;

    /** Hears what the book does; ids are orders' ids, quantities lots, prices ticks. */
    public interface Sink {
        /** Two orders traded. */
        void trade(long taker, long maker, long price, long lots);

        /** What was left of a resting order was cancelled. */
        void cancelled(long id, long lots);

        /** What was left of an order that does not rest was cancelled. */
        void expired(long id, long lots);

        /** A resting order was reduced. */
        void reduced(long id, long lots);
    }

    /** Makes an empty book. */
    public BookDriver(EngineLimits limits, Sink sink) {
        orders = new Orders(limits, SALT);
        accounts = new Accounts(orders, SALT);
        open = new OpenOrders(orders, new ClientOrders(limits.closedClientOrders(), SALT));
        Levels levels = new Levels(orders, limits.priceChunks());
        MarketSpec spec = new MarketSpec(new MarketId(1), new AssetId(1), new AssetId(2), 1, 1);
        BookListener listener = new Hearing(sink);
        book = new Book(0, spec, Funds.NONE, open, levels, listener);
        stops = new StopOrders(orders, new Depth(orders, levels), listener);
    }

    /** Makes an account, and returns the number that stands for it in the calls below. */
    public int account(long id) {
        return accounts.add(id);
    }

    /** Places a limit order; false if an open order has the id. */
    public boolean place(long id, int owner, boolean buy, long price, long lots, boolean immediate) {
        if (orders.find(id) != Orders.NONE) {
            return false;
        }
        int order = open.open(id, owner);
        TimeInForce timeInForce = immediate ? TimeInForce.IOC : TimeInForce.GTC;
        Side side = buy ? Side.BUY : Side.SELL;
        int tags = Tags.of(0, side, OrderType.LIMIT, timeInForce, PostOnly.NO, SelfTradePrevention.CANCEL_NEWEST);
        orders.write(order, price, lots, 0, tags);
        open.expire(order);
        book.enter(order);
        stops.trigger(book);
        return true;
    }

    /** Cancels an order; false if it is not open or not the owner's. */
    public boolean cancel(long id, int owner) {
        int order = find(id, owner);
        if (order == Orders.NONE) {
            return false;
        }
        book.cancel(order, CancelReason.REQUESTED);
        return true;
    }

    /** Gives an order another price and the last place there; false if it is not open or not the owner's. */
    public boolean move(long id, int owner, long price) {
        int order = find(id, owner);
        if (order == Orders.NONE) {
            return false;
        }
        boolean buys = Tags.isBuy(orders.tags(order));
        long old = orders.price(order);
        int level = orders.level(order);
        book.leave(order);
        book.sayLevel(buys, old, level);
        orders.sequence(order, open.nextSequence());
        orders.price(order, price);
        book.enter(order);
        stops.trigger(book);
        return true;
    }

    /** Reduces an order in its place; false if it is not open or not the owner's. */
    public boolean reduce(long id, int owner, long lots) {
        int order = find(id, owner);
        if (order == Orders.NONE) {
            return false;
        }
        book.reduce(order, lots);
        return true;
    }

    private int find(long id, int owner) {
        int order = orders.find(id);
        return order == Orders.NONE || orders.account(order) != owner ? Orders.NONE : order;
    }

    private record Hearing(Sink sink) implements BookListener {
        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void filled(Book book, int maker, int taker, long price, long lots) {
            sink.trade(book.orders().id(taker), book.orders().id(maker), price, lots);
        }

        @Override
        public void rested(Book book, int order) {
            // Nobody asked.
        }

        @Override
        public void cancelled(Book book, int order, CancelReason reason) {
            if (reason == CancelReason.UNFILLED) {
                sink.expired(book.orders().id(order), book.orders().remaining(order));
            } else {
                sink.cancelled(book.orders().id(order), book.orders().remaining(order));
            }
        }

        @Override
        public void reduced(Book book, int order, long lots) {
            sink.reduced(book.orders().id(order), lots);
        }

        @Override
        public void triggered(Book book, int order, long heldPrice) {
            throw new IllegalStateException("no stop order was placed");
        }

        @Override
        public void uncrossing(Book book, long price) {
            throw new IllegalStateException("no auction was held");
        }

        @Override
        public void levelChanged(Book book, boolean buys, long price, long visible, int count) {
            // The peers say nothing of levels either; the whole engine encodes it.
        }
    }
}
