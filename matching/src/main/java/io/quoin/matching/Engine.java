package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The matching engine: books, balances and unfinished fills, changed by {@linkplain Command commands}
 * alone. It reads no clock and draws no random numbers, so the same commands in the same order give the
 * same events and the same {@link #stateHash}, on every machine and in every run.
 *
 * <p>A command is applied whole or refused with a reason; no command makes the engine throw, loses a unit
 * of an asset or makes a balance negative. {@code specification.md} beside the module states every rule.
 *
 * <p>One thread at a time: the engine does not guard itself. What it returns never changes afterwards and
 * may be read anywhere.
 *
 * <pre>{@code
 * engine.apply(new Command.OpenMarket(spec));
 * engine.apply(new Command.Credit(alice, gold, 100));
 * List<Event> events = engine.apply(new Command.PlaceOrder(
 *         new OrderId(1), spec.id(), alice, Side.SELL, 2_000, 5, false, expirySeconds, nowSeconds));
 * }</pre>
 */
public final class Engine {
    private final Funds funds = new Funds();
    private final OpenOrders orders = new OpenOrders();
    private final Fills fills = new Fills();
    private final List<Event> events = new ArrayList<>();
    private final Trading trading = new Trading(funds, orders, fills, events);

    /** Makes an engine without markets, balances or orders, at time 0. */
    public Engine() {}

    /**
     * Applies one command.
     *
     * <p>A refused command gives one {@link Event.OrderRejected} or {@link Event.CommandRefused} and
     * changes no balance and no order, with one exception: a post-only order cancels the expired orders
     * that it meets before it is rejected. The time and the id that a {@link Command.PlaceOrder} carries
     * are taken note of even when the order is rejected.
     *
     * @param command what to do
     * @return what happened, in order; empty only if {@link Command.ExpireOrders} found nothing
     */
    public List<Event> apply(Command command) {
        switch (command) {
            case Command.OpenMarket open -> open(open.spec());
            case Command.Credit credit -> credit(new BalanceKey(credit.account(), credit.asset()), credit.amount());
            case Command.Debit debit -> debit(new BalanceKey(debit.account(), debit.asset()), debit.amount());
            case Command.PlaceOrder place -> trading.place(place);
            case Command.CancelOrder cancel -> cancel(cancel);
            case Command.SettleFill settle -> settle(settle.fill());
            case Command.ReturnFill giveBack -> giveBack(giveBack.fill());
            case Command.ExpireOrders expire -> trading.expire(expire.nowSeconds());
        }
        events.addAll(funds.takeChanges());
        List<Event> answer = List.copyOf(events);
        events.clear();
        return answer;
    }

    /**
     * Returns the best levels of a market's book. Orders whose expiry has passed are in it until they are
     * cancelled.
     *
     * @param market the market
     * @param depth how many levels of each side to return at most
     * @return the levels; none for a market that is not open
     */
    public BookSnapshot book(MarketId market, int depth) {
        return orders.book(market)
                .map(book -> book.snapshot(depth))
                .orElseGet(() -> new BookSnapshot(market, List.of(), List.of()));
    }

    /**
     * Returns what an account has of an asset, in engine units.
     *
     * @param account the account
     * @param asset the asset
     * @return the balance; {@link Balance#ZERO} for an account or asset that the engine never saw
     */
    public Balance balance(AccountId account, AssetId asset) {
        return funds.balance(new BalanceKey(account, asset));
    }

    /**
     * Returns an order that rests in the book.
     *
     * @param order the order
     * @return the order; empty if it never rested, is filled, or was cancelled
     */
    public Optional<OpenOrder> order(OrderId order) {
        return orders.order(order).map(Order::view);
    }

    /**
     * Returns the earliest expiry of an open order. One second later {@link Command.ExpireOrders} has
     * something to do.
     *
     * @return seconds since 1970-01-01T00:00:00Z; empty if no order is open
     */
    public OptionalLong nextExpirySeconds() {
        return orders.nextExpirySeconds();
    }

    /**
     * Returns a hash of the whole state: time, markets, orders in the order in which they would trade,
     * unfinished fills and balances. Two engines that have the same state have the same hash.
     *
     * @return FNV-1a, 64 bits; takes time in proportion to the size of the state
     */
    public long stateHash() {
        StateHash hash = new StateHash();
        trading.hashInto(hash);
        orders.hashInto(hash);
        fills.hashInto(hash);
        funds.hashInto(hash);
        return hash.value();
    }

    private void open(MarketSpec spec) {
        if (orders.book(spec.id()).isPresent()) {
            refuse(RefusalReason.MARKET_EXISTS);
        } else if (!spec.isValid()) {
            refuse(RefusalReason.MARKET_INVALID);
        } else {
            orders.open(spec);
            events.add(new Event.MarketOpened(spec));
        }
    }

    private void credit(BalanceKey key, long amount) {
        if (amount <= 0) {
            refuse(RefusalReason.AMOUNT_NOT_POSITIVE);
        } else if (!funds.canCredit(key.asset(), amount)) {
            refuse(RefusalReason.AMOUNT_TOO_LARGE);
        } else {
            funds.credit(key, amount);
        }
    }

    private void debit(BalanceKey key, long amount) {
        if (amount <= 0) {
            refuse(RefusalReason.AMOUNT_NOT_POSITIVE);
        } else if (!funds.canDebit(key, amount)) {
            refuse(RefusalReason.AMOUNT_TOO_LARGE);
        } else {
            cancelUntilAvailable(key, amount);
            funds.debit(key, amount);
        }
    }

    private void cancelUntilAvailable(BalanceKey key, long amount) {
        while (funds.balance(key).available() < amount) {
            Optional<Order> newest = orders.newestOf(key);
            if (newest.isEmpty()) {
                return;
            }
            trading.cancel(newest.get(), CancelReason.BALANCE_WITHDRAWN);
        }
    }

    private void cancel(Command.CancelOrder command) {
        Optional<Order> order = orders.order(command.order());
        if (order.isEmpty()) {
            refuse(RefusalReason.UNKNOWN_ORDER);
        } else if (!order.get().account().equals(command.account())) {
            refuse(RefusalReason.NOT_OWNER);
        } else {
            trading.cancel(order.get(), CancelReason.REQUESTED);
        }
    }

    private void settle(FillId id) {
        Optional<Fills.Fill> fill = fills.remove(id);
        if (fill.isEmpty()) {
            refuse(RefusalReason.UNKNOWN_FILL);
            return;
        }
        Fills.Fill ended = fill.get();
        funds.settle(ended.seller(), ended.buyer().account(), ended.baseAmount());
        funds.settle(ended.buyer(), ended.seller().account(), ended.quoteAmount());
        events.add(new Event.FillSettled(id));
    }

    private void giveBack(FillId id) {
        Optional<Fills.Fill> fill = fills.remove(id);
        if (fill.isEmpty()) {
            refuse(RefusalReason.UNKNOWN_FILL);
            return;
        }
        Fills.Fill ended = fill.get();
        funds.settle(ended.seller(), ended.seller().account(), ended.baseAmount());
        funds.settle(ended.buyer(), ended.buyer().account(), ended.quoteAmount());
        events.add(new Event.FillReturned(id));
    }

    private void refuse(RefusalReason reason) {
        events.add(new Event.CommandRefused(reason));
    }
}
