package io.quoin.node.sequencer;

import io.quoin.node.refusal.Refusal;
import io.quoin.signer.evm.Bytes32;

/** What became of an order that was handed to the sequencer. */
public sealed interface PlaceOutcome {
    /**
     * It is in the log.
     *
     * @param order its id
     */
    record Accepted(Bytes32 order) implements PlaceOutcome {}

    /**
     * This very order was accepted before.
     *
     * @param order its id
     */
    record AlreadyAccepted(Bytes32 order) implements PlaceOutcome {}

    /**
     * It changed nothing.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements PlaceOutcome {}
}
