package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every account has. Each method moves one amount, in engine units, from one place to another, so
 * that per asset the sum over accounts of available + reserved + settling − owed is what was credited
 * less what was debited. {@code held}, the same sum without what is owed, is kept below 2^63 by refusing
 * credits; every part of every balance is at most that, so no sum here overflows.
 *
 * <p>As long as an account owes some of an asset, it has none of it available or reserved: all that
 * arrives pays the debt first, and a debt arises only when nothing is left.
 */
final class Funds {
    private final SortedMap<BalanceKey, Balance> balances = new TreeMap<>(BalanceKey.ORDER);
    private final SortedMap<BalanceKey, Balance> before = new TreeMap<>(BalanceKey.ORDER);
    private final Map<AssetId, Long> held = new TreeMap<>((a, b) -> Integer.compare(a.value(), b.value()));

    Balance balance(BalanceKey key) {
        return balances.getOrDefault(key, Balance.ZERO);
    }

    boolean canCredit(AssetId asset, long amount) {
        return held.getOrDefault(asset, 0L) <= Long.MAX_VALUE - amount;
    }

    void credit(BalanceKey key, long amount) {
        held.merge(key.asset(), amount, Math::addExact);
        arrive(key, amount);
    }

    boolean canDebit(BalanceKey key, long amount) {
        return balance(key).owed() <= Long.MAX_VALUE - amount;
    }

    /** Takes an amount out of what is available; what is not there is owed. */
    void debit(BalanceKey key, long amount) {
        long taken = Math.min(amount, balance(key).available());
        leave(key.asset(), taken);
        change(key, -taken, 0, 0, amount - taken);
    }

    /** Moves an amount from available to reserved, for an order that opens. */
    void reserve(BalanceKey key, long amount) {
        change(key, -amount, amount, 0, 0);
    }

    /** Moves an amount from reserved to available, for an order that closes or pays less than its limit. */
    void release(BalanceKey key, long amount) {
        change(key, 0, -amount, 0, 0);
        arrive(key, amount);
    }

    /** Moves an amount from reserved to settling, for a fill that begins. */
    void pay(BalanceKey key, long amount) {
        change(key, 0, -amount, amount, 0);
    }

    /** Moves an amount from what the payer has settling to what the payee, possibly the payer, has available. */
    void settle(BalanceKey payer, AccountId payee, long amount) {
        change(payer, 0, 0, -amount, 0);
        arrive(new BalanceKey(payee, payer.asset()), amount);
    }

    /** Returns an event for each balance that differs from the last call of this method, in key order. */
    List<Event> takeChanges() {
        List<Event> changes = new ArrayList<>();
        before.forEach((key, was) -> {
            Balance is = balance(key);
            if (!is.equals(was)) {
                changes.add(new Event.BalanceChanged(key.account(), key.asset(), is));
            }
        });
        before.clear();
        return changes;
    }

    void hashInto(StateHash hash) {
        hash.add(balances.size());
        balances.forEach((key, balance) -> {
            hash.add(key.account().value());
            hash.add(key.asset().value());
            hash.add(balance.available());
            hash.add(balance.reserved());
            hash.add(balance.settling());
            hash.add(balance.owed());
        });
    }

    private void arrive(BalanceKey key, long amount) {
        long repaid = Math.min(amount, balance(key).owed());
        leave(key.asset(), repaid);
        change(key, amount - repaid, 0, 0, -repaid);
    }

    private void leave(AssetId asset, long amount) {
        held.merge(asset, -amount, Math::addExact);
    }

    private void change(BalanceKey key, long available, long reserved, long settling, long owed) {
        Balance was = balance(key);
        Balance is = new Balance(
                was.available() + available, was.reserved() + reserved, was.settling() + settling, was.owed() + owed);
        before.putIfAbsent(key, was);
        if (is.equals(Balance.ZERO)) {
            balances.remove(key);
        } else {
            balances.put(key, is);
        }
    }
}
