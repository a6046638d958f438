package io.quoin.matching;

/** Lets stop orders match whose price was reached (M27). */
final class StopOrders {
    private final Orders orders;
    private final Depth depth;
    private final BookListener listener;
    private final Ticket ticket = new Ticket();

    StopOrders(Orders orders, Depth depth, BookListener listener) {
        this.orders = orders;
        this.depth = depth;
        this.listener = listener;
    }

    /** Triggers one order after the other, until none of an open market is reached any more. */
    void trigger(Book book) {
        if (book.state() != MarketState.OPEN || book.prices().last() == 0) {
            return;
        }
        if (book.stops(true).isEmpty() && book.stops(false).isEmpty()) {
            book.prices().stopsLookedAt();
            return;
        }
        for (int order = reached(book); order != Orders.NONE; order = reached(book)) {
            trigger(book, order);
        }
        book.prices().stopsLookedAt();
    }

    private int reached(Book book) {
        Ladder buys = book.stops(true);
        Ladder sells = book.stops(false);
        int buy = buys.reaches(book.prices().highestTrade()) ? buys.first(orders) : Orders.NONE;
        int sell = sells.reaches(book.prices().lowestTrade()) ? sells.first(orders) : Orders.NONE;
        if (buy == Orders.NONE || sell == Orders.NONE) {
            return buy == Orders.NONE ? sell : buy;
        }
        return orders.sequence(buy) < orders.sequence(sell) ? buy : sell;
    }

    private void trigger(Book book, int order) {
        book.leave(order);
        orders.tags(order, Tags.triggered(orders.tags(order)));
        orders.stopPriceAndMinimum(order, 0, orders.minimum(order));
        boolean buys = Tags.isBuy(orders.tags(order));
        long held = orders.price(order);
        if (Tags.type(orders.tags(order)) == OrderType.MARKET) {
            held = depth.heldPrice(book, buys, held, orders.slippage(order), orders.remaining(order));
        }
        listener.triggered(book, order, held);
        if (held == 0) {
            book.discard(order, CancelReason.UNFILLED);
            return;
        }
        orders.price(order, held);
        long minimum = minimum(order);
        ticket.of(orders, order);
        if (minimum > 0 && !depth.isFillable(book, ticket, minimum, listener.room())) {
            book.discard(order, CancelReason.NOT_FILLABLE);
        } else {
            book.enter(order);
        }
    }

    private long minimum(int order) {
        return Tags.timeInForce(orders.tags(order)) == TimeInForce.FOK
                ? orders.remaining(order)
                : orders.minimum(order);
    }
}
