package io.quoin.matching;

import org.jspecify.annotations.Nullable;

/** Places and amends orders: a ticket is checked, and then becomes an order or changes nothing. */
final class Trading {
    private final EngineState state;
    private final OpenOrders open;
    private final Orders orders;
    private final Funds funds;
    private final ClientOrders clientOrders;
    private final OrderRules rules;
    private final StopOrders stops;
    private final EventWriter events;

    Trading(EngineState state, Clearing clearing, EventWriter events) {
        this.state = state;
        this.open = state.open;
        this.orders = state.orders;
        this.funds = state.funds;
        this.clientOrders = state.clientOrders;
        this.events = events;
        Depth depth = new Depth(orders, state.levels);
        this.rules = new OrderRules(state, depth);
        this.stops = new StopOrders(orders, depth, clearing);
    }

    void place(Ticket ticket) {
        if (isRepeated(ticket)) {
            return;
        }
        if (ticket.display == ticket.quantity) {
            ticket.display = 0;
        }
        ticket.accountRow = state.accounts.find(ticket.account);
        RejectReason fault = faultOf(ticket);
        if (fault == null) {
            Book book = state.markets.of(ticket.market);
            events.orderAccepted(ticket);
            start(enrol(ticket, book), book);
        } else {
            events.orderRejected(ticket, fault);
        }
        remember(ticket, fault, false);
    }

    /** Amends an order; the ticket has the new id and what the command names (M23). */
    void amend(long id, Ticket ticket) {
        if (isRepeated(ticket)) {
            return;
        }
        int order = orders.find(id);
        RejectReason fault = faultOfOwner(order, ticket);
        if (fault == null && ticket.order == id) {
            fault = reduce(order, ticket);
        } else if (fault == null) {
            fault = replace(order, ticket);
        }
        if (fault != null) {
            events.amendRejected(id, ticket, fault);
        }
        remember(ticket, fault, ticket.order == id);
    }

    /** Lets stop orders match that a change of the market's state may have set free. */
    void lookAtStops(Book book) {
        stops.trigger(book);
    }

    private boolean isRepeated(Ticket ticket) {
        if (ticket.clientOrder == 0) {
            return false;
        }
        int row = clientOrders.find(ticket.account, ticket.clientOrder);
        if (row == ClientOrders.NONE) {
            return false;
        }
        events.clientOrderRepeated(ticket, clientOrders.order(row), clientOrders.outcome(row));
        return true;
    }

    private void remember(Ticket ticket, @Nullable RejectReason fault, boolean reduced) {
        if (ticket.clientOrder == 0) {
            return;
        }
        int outcome = fault == null ? 0 : WireValues.of(fault) + 1;
        int row = clientOrders.add(ticket.account, ticket.clientOrder, ticket.order, outcome);
        int order = fault == null && !reduced ? orders.find(ticket.order) : Orders.NONE;
        if (order == Orders.NONE) {
            clientOrders.close(row);
        } else {
            orders.clientOrder(order, row);
        }
    }

    private @Nullable RejectReason faultOf(Ticket ticket) {
        RejectReason fault = faultOfId(ticket.order);
        if (fault != null) {
            return fault;
        }
        int market = state.markets.find(ticket.market);
        return market == Markets.NONE
                ? RejectReason.UNKNOWN_MARKET
                : rules.faultOf(ticket, state.markets.at(market), Orders.NONE, state.nowSeconds());
    }

    private @Nullable RejectReason faultOfId(long id) {
        if (id <= 0) {
            return RejectReason.ORDER_ID_INVALID;
        }
        return orders.find(id) == Orders.NONE ? null : RejectReason.DUPLICATE_ORDER;
    }

    private @Nullable RejectReason faultOfOwner(int order, Ticket ticket) {
        if (order == Orders.NONE) {
            return RejectReason.UNKNOWN_ORDER;
        }
        return orders.accountId(order) == ticket.account ? null : RejectReason.NOT_OWNER;
    }

    private @Nullable RejectReason reduce(int order, Ticket ticket) {
        Book book = state.markets.at(Tags.market(this.orders.tags(order)));
        Orders orders = book.orders();
        OrderBounds bounds = book.bounds();
        long filled = orders.total(order) - orders.remaining(order);
        if (book.state() == MarketState.HALTED) {
            return RejectReason.MARKET_STATE;
        }
        if (ticket.price != orders.price(order)
                || ticket.display != orders.display(order)
                || ticket.expiry != orders.expiry(order)
                || ticket.quantity >= orders.total(order)) {
            return RejectReason.NEW_SIGNATURE_REQUIRED;
        }
        if (ticket.quantity <= 0) {
            return RejectReason.QUANTITY_INVALID;
        }
        if (ticket.quantity % bounds.lotSize() != 0) {
            return RejectReason.QUANTITY_OFF_LOT;
        }
        if (ticket.quantity <= filled) {
            return RejectReason.QUANTITY_FILLED;
        }
        if (ticket.quantity < bounds.minimumOrderLots() || ticket.quantity - filled < bounds.minimumFillLots()) {
            return RejectReason.QUANTITY_TOO_SMALL;
        }
        book.reduce(order, orders.total(order) - ticket.quantity);
        return null;
    }

    private @Nullable RejectReason replace(int order, Ticket ticket) {
        Book book = state.markets.at(Tags.market(this.orders.tags(order)));
        Orders orders = book.orders();
        inherit(ticket, order, book);
        RejectReason fault = faultOfId(ticket.order);
        if (fault == null) {
            fault = rules.faultOf(ticket, book, order, state.nowSeconds());
        }
        if (fault != null) {
            return fault;
        }
        long[] rows = orders.rows();
        int at = order << 3;
        long price = rows[at + Orders.PRICE];
        int level = Rows.low(rows[at + Orders.LEVEL]);
        long id = rows[at + Orders.ID];
        boolean waits = Tags.waits(Rows.low(rows[at + Orders.TAGS]));
        book.leave(order);
        events.orderAmended(id, ticket);
        if (!waits) {
            book.sayLevel(ticket.buys(), price, level);
        }
        int memory = open.renew(order, ticket.order, ticket.clientOrder == 0);
        write(ticket, order, book);
        if (memory != Orders.NONE) {
            orders.clientOrder(order, memory);
        }
        open.expire(order);
        if (ticket.freed != ticket.reserve) {
            funds.exchange(ticket.reserving, ticket.freed, ticket.reserve);
        }
        start(order, book);
        return null;
    }

    private static void inherit(Ticket ticket, int order, Book book) {
        Orders orders = book.orders();
        int tags = orders.tags(order);
        ticket.accountRow = orders.account(order);
        ticket.market = book.market();
        int kind = Tags.kind(tags);
        ticket.kind = Tags.rests(kind) ? Tags.lasting(kind, ticket.expiry != 0) : kind;
        if (ticket.display == ticket.quantity) {
            ticket.display = 0;
        }
        ticket.minimum = 0;
        ticket.stopPrice = orders.stopPrice(order);
        boolean labelled = Tags.isLabelled(tags);
        ticket.slippage = labelled ? orders.slippage(order) : 0;
        ticket.session = labelled ? orders.session(order) : 0;
        ticket.disconnectGroup = labelled ? orders.disconnectGroup(order) : 0;
        ticket.tradeGroup = orders.tradeGroup(order);
    }

    /** Makes a ticket an order: a row of its own, its reserve taken, in no book yet. */
    private int enrol(Ticket ticket, Book book) {
        if (ticket.receiving == Funds.NONE) {
            ticket.receiving = funds.add(ticket.accountRow, book.otherAsset(ticket.buys()));
        }
        if (!state.accounts.knows(ticket.accountRow, book.row())) {
            boolean reservesBase = book.reservesBase(ticket.buys());
            int base = reservesBase ? ticket.reserving : ticket.receiving;
            state.accounts.remember(
                    ticket.accountRow, book.row(), base, reservesBase ? ticket.receiving : ticket.reserving);
        }
        int order = open.open(ticket.order, ticket.accountRow);
        write(ticket, order, book);
        book.orders().balances(order, ticket.reserving, ticket.receiving);
        open.expire(order);
        funds.reserve(ticket.reserving, ticket.reserve);
        return order;
    }

    private static void write(Ticket ticket, int order, Book book) {
        Orders orders = book.orders();
        int tags = Tags.in(book.row(), ticket.kind);
        if ((ticket.stopPrice | ticket.minimum) != 0) {
            tags = Tags.rare(tags);
            orders.stopPriceAndMinimum(order, ticket.stopPrice, ticket.minimum);
        }
        if (ticket.expiry != 0) {
            tags = Tags.expiring(tags);
            orders.expiry(order, ticket.expiry);
        }
        if (ticket.display != 0) {
            tags = Tags.iceberg(tags);
            orders.display(order, ticket.display);
            orders.visible(order, 0);
        }
        if ((ticket.session | ticket.disconnectGroup | ticket.slippage) != 0) {
            tags = Tags.labelled(tags);
            orders.labels(order, ticket.session, ticket.disconnectGroup, ticket.slippage);
        }
        orders.write(order, ticket.held, ticket.quantity, ticket.tradeGroup, tags);
    }

    private void start(int order, Book book) {
        if (Tags.waits(book.orders().tags(order))) {
            book.await(order);
        } else {
            book.enter(order);
        }
        stops.trigger(book);
    }
}
