package io.quoin.matching;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Cancels orders: one, many, those that expired, and those whose balance left. */
final class Cancelling {
    private final EngineState state;
    private final Orders orders;
    private final Accounts accounts;
    private final EventWriter events;

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
        if (accounts.id(orders.account(order)) != account) {
            return RefusalReason.NOT_OWNER;
        }
        if (bookOf(order).state() == MarketState.HALTED) {
            return RefusalReason.MARKET_HALTED;
        }
        bookOf(order).cancel(order, CancelReason.REQUESTED);
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
        int order = row == Accounts.NONE ? Orders.NONE : accounts.oldest(row);
        while (order != Orders.NONE) {
            int next = orders.accountBehind(order);
            if (bookOf(order).state() != MarketState.HALTED && choice.test(order)) {
                bookOf(order).cancel(order, CancelReason.MASS_CANCEL);
                count++;
            }
            order = next;
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

    private static long empty(Book book, Ladder ladder) {
        long count = 0;
        for (; !ladder.isEmpty(); count++) {
            book.cancel(ladder.first(), CancelReason.MASS_CANCEL);
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
        int order = accounts.newest(state.funds.account(balance));
        while (order != Orders.NONE && state.funds.available(balance) < amount) {
            int next = orders.accountBefore(order);
            if (orders.reserving(order) == balance) {
                bookOf(order).cancel(order, CancelReason.BALANCE_WITHDRAWN);
            }
            order = next;
        }
    }

    /** Cancels all orders that reserve from a balance, oldest first. */
    void allOf(int balance) {
        int order = accounts.oldest(state.funds.account(balance));
        while (order != Orders.NONE) {
            int next = orders.accountBehind(order);
            if (orders.reserving(order) == balance) {
                bookOf(order).cancel(order, CancelReason.EXIT);
            }
            order = next;
        }
    }

    private Book bookOf(int order) {
        return state.markets.at(Tags.market(orders.tags(order)));
    }
}
