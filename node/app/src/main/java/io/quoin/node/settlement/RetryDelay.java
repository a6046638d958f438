package io.quoin.node.settlement;

import java.time.Duration;

/** How long to wait before an action that failed is tried again: 15 s, doubled each time, at most ten minutes. */
public final class RetryDelay {
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration MAX = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 10;

    private RetryDelay() {}

    /** Returns the wait after so many failures, 0 or more; none before the first attempt. */
    public static Duration after(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return delay.compareTo(MAX) > 0 ? MAX : delay;
    }
}
