package io.quoin.matching;

import org.jspecify.annotations.Nullable;

/** Decides whether an order may be taken: the table of M9, in its order. Changes nothing but the ticket's held price. */
final class OrderRules {
    private static final int LARGEST_SLIPPAGE = 9_999;

    /** What backs them is less than their lots, so that only this keeps sums over orders from overflowing. */
    private static final long MOST_BONDED_LOTS = 1L << 36;

    private final Orders orders;
    private final Levels levels;
    private final Accounts accounts;
    private final Funds funds;
    private final OpenFills fills;
    private final Depth depth;

    OrderRules(EngineState state, Depth depth) {
        this.orders = state.orders;
        this.levels = state.levels;
        this.accounts = state.accounts;
        this.funds = state.funds;
        this.fills = state.fills;
        this.depth = depth;
    }

    /**
     * Looks for a fault of an order in a market, after its id.
     *
     * @param replaced the open order that it is to replace, or {@link Orders#NONE}
     * @param nowSeconds the time
     * @return why it may not be taken; null if it may
     */
    @Nullable
    RejectReason faultOf(Ticket ticket, Book book, int replaced, long nowSeconds) {
        if (!isTaken(ticket, book.state())) {
            return RejectReason.MARKET_STATE;
        }
        if (!isSound(ticket, book)) {
            return RejectReason.TERMS_INVALID;
        }
        RejectReason fault = faultOfNumbers(ticket, book.bounds());
        if (fault != null) {
            return fault;
        }
        if (ticket.price != 0 && !book.prices().isInBand(ticket.price)) {
            return RejectReason.PRICE_OUTSIDE_BAND;
        }
        if (ticket.expiry != 0 && ticket.expiry < nowSeconds) {
            return RejectReason.EXPIRED;
        }
        boolean crosses = hold(ticket, book);
        if (Tags.isMarket(ticket.kind) && ticket.held == 0) {
            return RejectReason.NO_LIQUIDITY;
        }
        fault = faultOfMeans(ticket, book, replaced);
        if (fault != null) {
            return fault;
        }
        if (crosses) {
            return RejectReason.POST_ONLY_WOULD_CROSS;
        }
        boolean mustFill = ticket.mustFill() > 0 && !Tags.waits(ticket.kind);
        return mustFill && !depth.isFillable(book, ticket, ticket.mustFill(), fills.room())
                ? RejectReason.NOT_FILLABLE
                : null;
    }

    /** M10. */
    private static boolean isTaken(Ticket ticket, MarketState state) {
        if (state == MarketState.OPEN) {
            return true;
        }
        return switch (state) {
            case OPEN -> true;
            case POST_ONLY -> Tags.isPostOnly(ticket.kind);
            case AUCTION -> Tags.waits(ticket.kind) || (Tags.rests(ticket.kind) && ticket.minimum == 0);
            case CANCEL_ONLY, HALTED -> false;
        };
    }

    /** M11. */
    private static boolean isSound(Ticket ticket, Book book) {
        int kind = ticket.kind;
        if (Tags.isPlain(kind) && ticket.isPlain()) {
            return true;
        }
        boolean rests = Tags.rests(kind);
        boolean takesMarket = Tags.takesMarket(kind);
        boolean expirySound = Tags.isGoodTillCancelled(kind)
                ? ticket.expiry == 0
                : ticket.expiry > 0 || (ticket.expiry == 0 && !Tags.isGoodTillDate(kind));
        boolean slippageSound =
                ticket.slippage == 0 || (takesMarket && ticket.slippage > 0 && ticket.slippage <= LARGEST_SLIPPAGE);
        boolean postOnlySound = !Tags.isPostOnly(kind) || (Tags.isLimit(kind) && rests && ticket.minimum == 0);
        OrderBounds bounds = book.bounds();
        boolean displaySound = ticket.display == 0 || (rests && bounds.minimumFillLots() <= bounds.lotSize());
        return expirySound
                && slippageSound
                && postOnlySound
                && displaySound
                && !(takesMarket && (rests || book.costs().isBonded(ticket.buys())));
    }

    private static @Nullable RejectReason faultOfNumbers(Ticket ticket, OrderBounds bounds) {
        if (Tags.isLimit(ticket.kind) && ticket.isPlain() && ticket.price > 0 && ticket.quantity > 0) {
            if (!isMultiple(ticket.price, bounds.tickSize())) {
                return RejectReason.PRICE_OFF_TICK;
            }
            return faultOfQuantity(ticket.quantity, bounds);
        }
        boolean needsPrice = !Tags.takesMarket(ticket.kind) || (Tags.isStop(ticket.kind) && ticket.buys());
        boolean stopSound = Tags.waits(ticket.kind) ? ticket.stopPrice > 0 : ticket.stopPrice == 0;
        if (ticket.price < 0 || (ticket.price == 0 && needsPrice) || !stopSound) {
            return RejectReason.PRICE_INVALID;
        }
        if (!isMultiple(ticket.price, bounds.tickSize()) || !isMultiple(ticket.stopPrice, bounds.tickSize())) {
            return RejectReason.PRICE_OFF_TICK;
        }
        if (ticket.quantity <= 0 || isOutside(ticket.display, ticket) || isOutside(ticket.minimum, ticket)) {
            return RejectReason.QUANTITY_INVALID;
        }
        long lot = bounds.lotSize();
        if (!isMultiple(ticket.display, lot) || !isMultiple(ticket.minimum, lot)) {
            return RejectReason.QUANTITY_OFF_LOT;
        }
        // One part more than quantity / display, rounded down, if something is left over.
        boolean tooManyParts =
                ticket.display != 0 && (ticket.quantity - 1) / ticket.display >= bounds.maximumIcebergParts();
        RejectReason fault = faultOfQuantity(ticket.quantity, bounds);
        return fault == null && tooManyParts ? RejectReason.TOO_MANY_PARTS : fault;
    }

    private static @Nullable RejectReason faultOfQuantity(long quantity, OrderBounds bounds) {
        if (!isMultiple(quantity, bounds.lotSize())) {
            return RejectReason.QUANTITY_OFF_LOT;
        }
        if (quantity < bounds.minimumOrderLots()) {
            return RejectReason.QUANTITY_TOO_SMALL;
        }
        return quantity > bounds.maximumOrderLots() ? RejectReason.QUANTITY_TOO_LARGE : null;
    }

    private static boolean isMultiple(long value, long unit) {
        return unit == 1 || value % unit == 0;
    }

    private static boolean isOutside(long part, Ticket ticket) {
        return part < 0 || part > ticket.quantity;
    }

    /** Sets the held price (M14, M17), and tells whether a post-only order would cross nevertheless. */
    private boolean hold(Ticket ticket, Book book) {
        boolean buys = ticket.buys();
        ticket.held = ticket.price;
        if (Tags.isMarket(ticket.kind)) {
            ticket.held = depth.heldPrice(book, buys, ticket.price, ticket.slippage, ticket.quantity);
        } else if (Tags.isPostOnly(ticket.kind) && book.wouldCross(buys, ticket.price)) {
            long slid = Tags.slides(ticket.kind) ? Depth.slideTo(book, buys) : 0;
            ticket.held = slid == 0 ? ticket.price : slid;
            return slid == 0;
        }
        return false;
    }

    private @Nullable RejectReason faultOfMeans(Ticket ticket, Book book, int replaced) {
        boolean buys = ticket.buys();
        long price = ticket.held == 0 ? book.bounds().tickSize() : ticket.held;
        ticket.reserve = book.costs().countedReserve(buys, ticket.quantity, price);
        boolean tooManyLots = ticket.quantity > MOST_BONDED_LOTS && book.costs().isBonded(buys);
        if (tooManyLots || ticket.reserve < 0) {
            return RejectReason.AMOUNT_TOO_LARGE;
        }
        if (replaced == Orders.NONE) {
            findBalances(ticket, book);
        } else {
            long balances = book.orders().balances(replaced);
            ticket.reserving = Rows.high(balances);
            ticket.receiving = Rows.low(balances);
        }
        int reserving = ticket.reserving;
        if (reserving != Funds.NONE && funds.isExiting(reserving)) {
            return RejectReason.EXITING;
        }
        ticket.freed = replaced == Orders.NONE ? 0 : reserveOf(replaced, book);
        if (reserving == Funds.NONE || ticket.reserve > funds.available(reserving) + ticket.freed) {
            return RejectReason.INSUFFICIENT_BALANCE;
        }
        return isFullFor(ticket, replaced) ? RejectReason.ENGINE_FULL : null;
    }

    private void findBalances(Ticket ticket, Book book) {
        int account = ticket.accountRow;
        boolean buys = ticket.buys();
        if (account == Accounts.NONE) {
            ticket.reserving = Funds.NONE;
            ticket.receiving = Funds.NONE;
        } else if (accounts.knows(account, book.row())) {
            boolean reservesBase = book.reservesBase(buys);
            ticket.reserving = reservesBase ? accounts.base(account) : accounts.quote(account);
            ticket.receiving = reservesBase ? accounts.quote(account) : accounts.base(account);
        } else {
            ticket.reserving = funds.find(account, book.reservedAsset(buys));
            ticket.receiving = funds.find(account, book.otherAsset(buys));
        }
    }

    private boolean isFullFor(Ticket ticket, int replaced) {
        boolean isNew = replaced == Orders.NONE;
        return (isNew && orders.size() >= orders.limit())
                || fills.isFull()
                || (levels.isFull() && (isNew || !levels.isAlone(orders.level(replaced))))
                || (ticket.receiving == Funds.NONE && funds.isFull());
    }

    private long reserveOf(int order, Book book) {
        Orders orders = book.orders();
        boolean buys = Tags.isBuy(orders.tags(order));
        return book.costs().reserve(buys, orders.remaining(order), book.reservedAt(order));
    }
}
