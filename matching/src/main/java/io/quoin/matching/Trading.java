package io.quoin.matching;

import java.util.List;
import java.util.Optional;

/** Places, matches and cancels orders: price first, then time, at the maker's price. */
final class Trading {
    private final Funds funds;
    private final OpenOrders orders;
    private final Fills fills;
    private final List<Event> events;
    private long nowSeconds;
    private long lastOrder;

    /** Works on the engine's state, and adds to its events. */
    Trading(Funds funds, OpenOrders orders, Fills fills, List<Event> events) {
        this.funds = funds;
        this.orders = orders;
        this.fills = fills;
        this.events = events;
    }

    void place(Command.PlaceOrder command) {
        advanceTo(command.nowSeconds());
        Optional<RejectReason> fault = faultOf(command);
        lastOrder = Math.max(lastOrder, command.order().value());
        if (fault.isPresent()) {
            events.add(new Event.OrderRejected(command.order(), fault.get()));
            return;
        }
        Book book = orders.book(command.market()).orElseThrow();
        Order order = new Order(command, book.spec());
        if (command.postOnly() && isCrossing(order, book)) {
            events.add(new Event.OrderRejected(command.order(), RejectReason.POST_ONLY_WOULD_CROSS));
        } else {
            accept(order, book);
        }
    }

    /** Cancels what remains of an open order and returns its reserve. */
    void cancel(Order order, CancelReason reason) {
        orders.remove(order);
        end(order, reason);
    }

    void expire(long atSeconds) {
        advanceTo(atSeconds);
        for (var order = firstExpired(); order.isPresent(); order = firstExpired()) {
            cancel(order.get(), CancelReason.EXPIRED);
        }
    }

    void hashInto(StateHash hash) {
        hash.add(nowSeconds);
        hash.add(lastOrder);
    }

    private void advanceTo(long seconds) {
        nowSeconds = Math.max(nowSeconds, seconds);
    }

    private Optional<Order> firstExpired() {
        return orders.firstExpired(nowSeconds);
    }

    private Optional<RejectReason> faultOf(Command.PlaceOrder command) {
        if (command.order().value() <= lastOrder) {
            return Optional.of(RejectReason.DUPLICATE_ORDER);
        }
        Optional<MarketSpec> spec = orders.book(command.market()).map(Book::spec);
        return spec.isEmpty() ? Optional.of(RejectReason.UNKNOWN_MARKET) : faultOf(command, spec.get());
    }

    private Optional<RejectReason> faultOf(Command.PlaceOrder command, MarketSpec spec) {
        if (command.priceTicks() <= 0) {
            return Optional.of(RejectReason.PRICE_NOT_POSITIVE);
        }
        if (command.quantityLots() <= 0) {
            return Optional.of(RejectReason.QUANTITY_NOT_POSITIVE);
        }
        if (!spec.canCount(command.quantityLots(), command.priceTicks())) {
            return Optional.of(RejectReason.AMOUNT_TOO_LARGE);
        }
        Order order = new Order(command, spec);
        if (order.isExpired(nowSeconds)) {
            return Optional.of(RejectReason.EXPIRED);
        }
        return funds.balance(order.payer()).available() < order.reserve(order.remainingLots())
                ? Optional.of(RejectReason.INSUFFICIENT_BALANCE)
                : Optional.empty();
    }

    /** Cancels the expired orders that the order meets, until it meets one that is not. */
    private boolean isCrossing(Order order, Book book) {
        for (var maker = book.firstAgainst(order); maker.isPresent(); maker = book.firstAgainst(order)) {
            if (!maker.get().isExpired(nowSeconds)) {
                return true;
            }
            cancel(maker.get(), CancelReason.EXPIRED);
        }
        return false;
    }

    private void accept(Order order, Book book) {
        funds.reserve(order.payer(), order.reserve(order.remainingLots()));
        int place = events.size();
        events.add(order.accepted(order.remainingLots()));
        match(order, book);
        events.set(place, order.accepted(order.remainingLots()));
        if (order.remainingLots() > 0) {
            orders.add(order);
        }
    }

    private void match(Order taker, Book book) {
        while (taker.remainingLots() > 0) {
            Optional<Order> first = book.firstAgainst(taker);
            if (first.isEmpty()) {
                return;
            }
            Order maker = first.get();
            if (maker.isExpired(nowSeconds)) {
                cancel(maker, CancelReason.EXPIRED);
            } else if (maker.account().equals(taker.account())) {
                end(taker, CancelReason.SELF_TRADE);
            } else {
                fill(maker, taker);
            }
        }
    }

    private void fill(Order maker, Order taker) {
        Order buyer = taker.side() == Side.BUY ? taker : maker;
        Order seller = taker.side() == Side.SELL ? taker : maker;
        long lots = Math.min(maker.remainingLots(), taker.remainingLots());
        long baseAmount = taker.spec().baseAmount(lots);
        long quoteAmount = taker.spec().quoteAmount(lots, maker.priceTicks());

        funds.pay(seller.payer(), baseAmount);
        funds.pay(buyer.payer(), quoteAmount);
        funds.release(buyer.payer(), buyer.reserve(lots) - quoteAmount);
        orders.reduce(maker, lots);
        taker.reduce(lots);
        FillId fill = fills.add(new Fills.Fill(seller.payer(), baseAmount, buyer.payer(), quoteAmount));
        events.add(new Event.Filled(
                fill,
                taker.spec().id(),
                maker.id(),
                taker.id(),
                maker.account(),
                taker.account(),
                taker.side(),
                maker.priceTicks(),
                lots,
                baseAmount,
                quoteAmount,
                maker.remainingLots(),
                taker.remainingLots()));
    }

    /** Ends an order that is not in the book, or no longer: its reserve returns, and nothing remains of it. */
    private void end(Order order, CancelReason reason) {
        long lots = order.remainingLots();
        funds.release(order.payer(), order.reserve(lots));
        order.reduce(lots);
        events.add(new Event.OrderCancelled(order.id(), order.account(), reason, lots));
    }
}
