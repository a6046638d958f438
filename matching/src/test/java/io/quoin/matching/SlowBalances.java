package io.quoin.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The balances of the {@link SlowModel} (M37 to M39). */
final class SlowBalances {
    static final class Purse {
        long available;
        long reserved;
        long settling;
        long withdrawing;
        long exiting;
        long owed;
        boolean leaving;

        Balance balance() {
            return new Balance(available, reserved, settling, withdrawing, exiting, owed);
        }
    }

    private final Map<SlowKey, Purse> purses = new LinkedHashMap<>();
    private final Set<SlowKey> touched = new LinkedHashSet<>();
    private final int most;

    SlowBalances(int most) {
        this.most = most;
    }

    /** Tells whether a balance is not there and cannot be made (M6). */
    boolean isFull(SlowKey key) {
        return !purses.containsKey(key) && purses.size() >= most;
    }

    void make(AccountId account, AssetId asset) {
        purses.putIfAbsent(new SlowKey(account, asset), new Purse());
    }

    Purse touch(SlowKey key) {
        touched.add(key);
        make(key.account(), key.asset());
        return look(key);
    }

    Purse look(SlowKey key) {
        return purses.getOrDefault(key, new Purse());
    }

    /** M38. */
    void arrive(SlowKey key, long amount) {
        Purse purse = touch(key);
        long pays = Math.min(purse.owed, amount);
        purse.owed -= pays;
        purse.available += purse.leaving ? 0 : amount - pays;
        purse.exiting += purse.leaving ? amount - pays : 0;
    }

    /** Takes what is exiting; what is short is owed (M42, M46). */
    void take(SlowKey key, long amount) {
        Purse purse = touch(key);
        long leaves = Math.min(purse.exiting, amount);
        purse.exiting -= leaves;
        purse.owed += amount - leaves;
    }

    /** What all accounts hold of an asset (M41). */
    long held(AssetId asset) {
        return purses.entrySet().stream()
                .filter(purse -> purse.getKey().asset().equals(asset))
                .map(purse -> purse.getValue().balance())
                .mapToLong(b -> b.available() + b.reserved() + b.settling() + b.withdrawing() + b.exiting())
                .sum();
    }

    /** The balances touched since the last time, in the order in which they were (M2). */
    List<Event> changes() {
        List<Event> changes = new ArrayList<>();
        touched.forEach(key -> changes.add(
                new Event.BalanceChanged(key.account(), key.asset(), look(key).balance())));
        touched.clear();
        return changes;
    }
}
