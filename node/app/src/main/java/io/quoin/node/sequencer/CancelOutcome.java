package io.quoin.node.sequencer;

import io.quoin.node.refusal.Refusal;

/** What became of a cancellation that was handed to the sequencer. */
public sealed interface CancelOutcome {
    /** What remained of the order is cancelled. */
    record Cancelled() implements CancelOutcome {}

    /**
     * It changed nothing.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements CancelOutcome {}
}
