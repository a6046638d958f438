package io.quoin.signer.journal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums over sliding windows. A spending counts in a window from its moment until the window's length later, that moment
 * itself no longer. Time never runs backwards here: an earlier moment counts as the latest one seen, so that a clock that
 * is set back frees nothing. Not thread-safe: the journal's one writer owns it.
 */
public final class SpendWindows {
    private final List<ValueLimit> limits;
    private final Map<Place, Window> windows = new HashMap<>();
    private Instant latest = Instant.MIN;

    private record Place(ValueLimit limit, String key) {}

    private record Counted(Instant at, BigInteger amount) {}

    private static final class Window {
        private final Deque<Counted> counted = new ArrayDeque<>();
        private BigInteger sum = BigInteger.ZERO;

        void add(Instant at, BigInteger amount) {
            counted.addLast(new Counted(at, amount));
            sum = sum.add(amount);
        }

        BigInteger sumAfter(Instant start) {
            while (!counted.isEmpty() && !counted.getFirst().at().isAfter(start)) {
                sum = sum.subtract(counted.removeFirst().amount());
            }
            return sum;
        }
    }

    /** Empty windows under those limits. */
    public SpendWindows(List<ValueLimit> limits) {
        this.limits = List.copyOf(limits);
    }

    /** How long a spending can matter; zero without limits. */
    public Duration longest() {
        return limits.stream().map(ValueLimit::window).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** The limit that those spendings of that key would break now, with the words for it; empty if none. */
    public Optional<Taken.OverLimit> refusal(KeyName key, List<Spending> spendings, Instant now) {
        Instant moment = moment(now);
        for (ValueLimit limit : limits) {
            BigInteger asked = spendings.stream()
                    .filter(spending -> spending.asset().equals(limit.asset()))
                    .map(Spending::amount)
                    .reduce(BigInteger.ZERO, BigInteger::add);
            if (asked.signum() == 0) {
                continue;
            }
            BigInteger spent = window(limit, key).sumAfter(start(moment, limit));
            if (spent.add(asked).compareTo(limit.most()) > 0) {
                return Optional.of(new Taken.OverLimit(limit, words(limit, key, spent, asked)));
            }
        }
        return Optional.empty();
    }

    /** Counts those spendings of that key; returns the moment that they were counted at. */
    public Instant count(KeyName key, List<Spending> spendings, Instant now) {
        Instant moment = moment(now);
        for (Spending spending : spendings) {
            for (ValueLimit limit : limits) {
                if (limit.asset().equals(spending.asset())) {
                    window(limit, key).add(moment, spending.amount());
                }
            }
        }
        return moment;
    }

    /** What of an asset the windows of that limit hold now for that key, or for all. */
    public BigInteger spent(ValueLimit limit, KeyName key, Instant now) {
        return window(limit, key).sumAfter(start(moment(now), limit));
    }

    private Instant moment(Instant now) {
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    private static Instant start(Instant moment, ValueLimit limit) {
        return moment.minus(limit.window());
    }

    private Window window(ValueLimit limit, KeyName key) {
        String whose = switch (limit.scope()) {
            case KEY -> key.value();
            case GLOBAL -> "";
        };
        return windows.computeIfAbsent(new Place(limit, whose), _ -> new Window());
    }

    private static String words(ValueLimit limit, KeyName key, BigInteger spent, BigInteger asked) {
        List<String> parts = new ArrayList<>();
        parts.add(limit.scope() == ValueLimit.Scope.KEY ? "key " + key : "all keys together");
        parts.add("signed away " + spent + " of " + limit.asset() + " within " + limit.window());
        parts.add("with " + asked + " more it would be above the limit of " + limit.most());
        return String.join("; ", parts);
    }
}
