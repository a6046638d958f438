package io.quoin.node.sequencer;

import io.quoin.matching.Event;
import java.util.List;

/**
 * An entry and what the engine made of it.
 *
 * @param entry the entry
 * @param events the engine's events, in order
 */
public record AppliedEntry(LogEntry entry, List<Event> events) {
    /** Keeps an unmodifiable copy of the events. */
    public AppliedEntry {
        events = List.copyOf(events);
    }
}
