package io.quoin.node.sequencer;

import io.quoin.matching.Command;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import java.time.Instant;
import java.util.Optional;

/**
 * One command as it stands in the log.
 *
 * @param position its place, from 1 without gaps
 * @param command what the engine is told
 * @param order the signed order behind a {@link Command.PlaceOrder}, empty for any other
 * @param withdrawal the signed withdrawal behind a {@link Command.RequestWithdrawal}, empty for any other
 * @param at when it was sequenced
 */
public record LogEntry(
        long position,
        Command command,
        Optional<SubmittedOrder> order,
        Optional<SubmittedWithdrawal> withdrawal,
        Instant at) {}
