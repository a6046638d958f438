package io.quoin.node.sequencer;

import io.quoin.matching.Command;
import io.quoin.node.order.SubmittedOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * One command as it stands in the log.
 *
 * @param position its place, from 1 without gaps
 * @param command what the engine is told
 * @param order the signed order behind a {@link Command.PlaceOrder}, empty for any other
 * @param at when it was sequenced
 */
public record LogEntry(long position, Command command, Optional<SubmittedOrder> order, Instant at) {}
