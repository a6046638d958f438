package io.quoin.node.demo;

import java.time.Duration;
import java.util.Map;

/**
 * How a demonstration ended.
 *
 * @param agreed whether chain, fills and ledger tell the same for every trader and token
 * @param phases when each phase ended, counted from the command
 */
public record DemoResult(boolean agreed, Map<Phase, Duration> phases) {
    /** Keeps the phases from changing. */
    public DemoResult {
        phases = Map.copyOf(phases);
    }
}
