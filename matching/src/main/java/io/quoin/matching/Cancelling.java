package io.quoin.matching;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Cancels orders: one, many, those that expired, and those whose balance left. */
final class Cancelling {
    private final EngineState state;
    private final Orders orders;
    private final Accounts accounts;
    private final EventWriter events;
    private int[] gathered = new int[64];

    Cancelling(EngineState state, EventWriter events) {
        this.state = state;
        this.orders = state.orders;
        this.accounts = state.accounts;
        this.events = events;
    }

    @Nullable
    RefusalReason one(long id, long account) {
        int order = orders.find(id);
        if (order == Orders.NONE) {
            return RefusalReason.UNKNOWN_ORDER;
        }
        if (orders.accountId(order) != account) {
            return RefusalReason.NOT_OWNER;
        }
        Book book = bookOf(order);
        if (book.state() == MarketState.HALTED) {
            return RefusalReason.MARKET_HALTED;
        }
        book.cancel(order, CancelReason.REQUESTED);
        return null;
    }

    @Nullable
    RefusalReason all(CancelScope scope) {
        return switch (scope) {
            case CancelScope.OfAccount(var account) -> ofAccount(account, _ -> true);
            case CancelScope.OfAccountInMarket(var account, var market) ->
                ofAccount(account, order -> bookOf(order).spec().id().equals(market));
            case CancelScope.OfSession(var account, var session) ->
                ofAccount(account, order -> session != 0 && orders.session(order) == session);
            case CancelScope.OfDisconnectGroup(var account, var group) ->
                ofAccount(account, order -> group != 0 && orders.disconnectGroup(order) == group);
            case CancelScope.OfMarket(var market) -> ofMarket(market.value());
        };
    }

    private @Nullable RefusalReason ofAccount(AccountId account, IntPredicate choice) {
        int row = accounts.find(account.value());
        long count = 0;
        for (int i = 0, found = row == Accounts.NONE ? 0 : gather(row); i < found; i++) {
            int order = gathered[i];
            if (bookOf(order).state() != MarketState.HALTED && choice.test(order)) {
                bookOf(order).cancel(order, CancelReason.MASS_CANCEL);
                count++;
            }
        }
        events.allCancelled(count);
        return null;
    }

    private @Nullable RefusalReason ofMarket(int market) {
        if (!state.markets.has(market)) {
            return RefusalReason.UNKNOWN_MARKET;
        }
        Book book = state.markets.of(market);
        long count = empty(book, book.side(true)) + empty(book, book.side(false));
        count += empty(book, book.stops(true)) + empty(book, book.stops(false));
        events.allCancelled(count);
        return null;
    }

    private long empty(Book book, Ladder ladder) {
        long count = 0;
        for (; !ladder.isEmpty(); count++) {
            book.cancel(ladder.first(orders), CancelReason.MASS_CANCEL);
        }
        return count;
    }

    @Nullable
    RefusalReason advanceTime(long seconds) {
        state.nowSeconds(Math.max(state.nowSeconds(), seconds));
        ExpiryQueue expiries = state.open.expiries();
        while (!expiries.isEmpty() && orders.expiry(expiries.first()) < state.nowSeconds()) {
            int order = expiries.first();
            bookOf(order).cancel(order, CancelReason.EXPIRED);
        }
        return null;
    }

    /** Cancels orders that reserve from a balance, newest first, until so much is available. */
    void untilAvailable(int balance, long amount) {
        if (state.funds.available(balance) >= amount) {
            return;
        }
        for (int i = gather(state.funds.account(balance)) - 1; i >= 0; i--) {
            if (orders.reserving(gathered[i]) == balance && state.funds.available(balance) < amount) {
                bookOf(gathered[i]).cancel(gathered[i], CancelReason.BALANCE_WITHDRAWN);
            }
        }
    }

    /** Cancels all orders that reserve from a balance, oldest first. */
    void allOf(int balance) {
        for (int i = 0, found = gather(state.funds.account(balance)); i < found; i++) {
            if (orders.reserving(gathered[i]) == balance) {
                bookOf(gathered[i]).cancel(gathered[i], CancelReason.EXIT);
            }
        }
    }

    /** Collects an account's open orders by sequence, and returns how many there are. */
    private int gather(int account) {
        int count = 0;
        for (int order = accounts.next(account); order != account; order = accounts.next(order)) {
            if (count == gathered.length) {
                gathered = Arrays.copyOf(gathered, count << 1);
            }
            gathered[count++] = order;
        }
        sort(count);
        return count;
    }

    /** Sorts by sequence: a heap sort, which needs no memory and has no bad cases. */
    private void sort(int count) {
        for (int root = (count >> 1) - 1; root >= 0; root--) {
            sink(root, count);
        }
        for (int last = count - 1; last > 0; last--) {
            int newest = gathered[0];
            gathered[0] = gathered[last];
            gathered[last] = newest;
            sink(0, last);
        }
    }

    private void sink(int from, int count) {
        int root = from;
        int order = gathered[root];
        for (int child = laterChild(root, count); child < count; child = laterChild(root, count)) {
            if (orders.sequence(gathered[child]) <= orders.sequence(order)) {
                break;
            }
            gathered[root] = gathered[child];
            root = child;
        }
        gathered[root] = order;
    }

    private int laterChild(int root, int count) {
        int left = 2 * root + 1;
        boolean rightLater = left + 1 < count && orders.sequence(gathered[left + 1]) > orders.sequence(gathered[left]);
        return rightLater ? left + 1 : left;
    }

    private Book bookOf(int order) {
        return state.markets.at(Tags.market(orders.tags(order)));
    }
}
