package io.quoin.node.sequencer;

import io.quoin.matching.Engine;
import io.quoin.matching.EngineLimits;
import io.quoin.matching.Event;
import java.util.List;

/**
 * What follows from the log up to a position: the engine, the accepted orders and withdrawals. The same whether the entries were
 * read back or are just being appended. Used by the sequencer's thread only.
 */
final class LogState {
    /** Refusals follow from them, so a node must go on with those that its log was written with. */
    private static final EngineLimits LIMITS = EngineLimits.DEFAULT;

    private final Engine engine;
    private final OrderIndex index = new OrderIndex();
    private final WithdrawalIndex withdrawals = new WithdrawalIndex();
    private long position;

    /**
     * Makes the state before the first entry.
     *
     * @param salt keeps traders from choosing numbers that slow the engine's look-ups; changes no event
     */
    LogState(long salt) {
        this.engine = new Engine(LIMITS, salt);
    }

    Engine engine() {
        return engine;
    }

    OrderIndex index() {
        return index;
    }

    WithdrawalIndex withdrawals() {
        return withdrawals;
    }

    /** The last position applied; 0 before the first. */
    long position() {
        return position;
    }

    /**
     * Applies the next entry.
     *
     * @throws IllegalStateException if the entry is not the next one
     */
    List<Event> apply(LogEntry entry) {
        if (entry.position() != position + 1) {
            throw new IllegalStateException("the log has a gap: position " + entry.position() + " after " + position);
        }
        position = entry.position();
        List<Event> events = engine.apply(entry.command());
        entry.order()
                .ifPresent(order -> events.forEach(event -> {
                    if (event instanceof Event.OrderAccepted accepted) {
                        index.accepted(accepted.order(), accepted.account(), order);
                    }
                }));
        entry.withdrawal()
                .ifPresent(withdrawal -> events.forEach(event -> {
                    if (event instanceof Event.WithdrawalChanged changed) {
                        withdrawals.accepted(changed.account(), withdrawal);
                    }
                }));
        return events;
    }
}
