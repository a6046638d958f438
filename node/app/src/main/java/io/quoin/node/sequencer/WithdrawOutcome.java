package io.quoin.node.sequencer;

import io.quoin.node.refusal.Refusal;
import io.quoin.signer.evm.Bytes32;

/** What became of a withdrawal that was handed to the sequencer. */
public sealed interface WithdrawOutcome {
    /**
     * Its amount is set aside until its deadline, so that it may be co-signed.
     *
     * @param withdrawal its id
     */
    record Accepted(Bytes32 withdrawal) implements WithdrawOutcome {}

    /**
     * This very withdrawal was accepted before.
     *
     * @param withdrawal its id
     */
    record AlreadyAccepted(Bytes32 withdrawal) implements WithdrawOutcome {}

    /**
     * It changed nothing.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements WithdrawOutcome {}
}
