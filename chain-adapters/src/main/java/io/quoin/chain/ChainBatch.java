package io.quoin.chain;

import java.util.List;
import java.util.Objects;

/**
 * A step of the cursor with all that happened on the way.
 *
 * @param to the cursor afterwards; equal to the one before when the batch only ends actions that were never sent
 * @param events all events of the blocks after the cursor before, up to and including {@code to}, in chain order
 */
public record ChainBatch(ChainCursor to, List<ChainEvent> events) {
    /** Takes a cursor and its events; there may be none. */
    public ChainBatch {
        Objects.requireNonNull(to, "to");
        events = List.copyOf(events);
    }
}
