package io.quoin.node.sequencer;

import io.quoin.matching.Command;
import io.quoin.matching.Engine;
import io.quoin.matching.Event;
import java.util.List;

/**
 * What follows from the log up to a position: the engine, the accepted orders, and the time that the engine was told.
 * The same whether the entries were read back or are just being appended. Used by the sequencer's thread only.
 */
final class LogState {
    private final Engine engine = new Engine();
    private final OrderIndex index = new OrderIndex();
    private long position;
    private long toldSeconds;

    Engine engine() {
        return engine;
    }

    OrderIndex index() {
        return index;
    }

    /** The last position applied; 0 before the first. */
    long position() {
        return position;
    }

    /** The latest time that the engine was told. */
    long toldSeconds() {
        return toldSeconds;
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
        if (entry.command() instanceof Command.AdvanceTime time) {
            toldSeconds = Math.max(toldSeconds, time.nowSeconds());
        }
        List<Event> events = engine.apply(entry.command());
        entry.order()
                .ifPresent(order -> events.forEach(event -> {
                    if (event instanceof Event.OrderAccepted accepted) {
                        index.accepted(accepted.order(), accepted.account(), order);
                    }
                }));
        return events;
    }
}
