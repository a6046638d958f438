package io.quoin.node.settlement;

/** What is done to an escrow on chain, and what its being handed over and its failing mean for the escrow. */
public enum ActionKind {
    /** Lock both legs. */
    LOCK(EscrowCause.LOCK_SUBMITTED, EscrowCause.LOCK_FAILED),
    /** Give each leg to the other side. */
    RELEASE(EscrowCause.RELEASE_SUBMITTED, EscrowCause.RELEASE_FAILED),
    /** Give each leg back. */
    REFUND(EscrowCause.REFUND_SUBMITTED, EscrowCause.REFUND_FAILED);

    private final EscrowCause submitted;
    private final EscrowCause failed;

    ActionKind(EscrowCause submitted, EscrowCause failed) {
        this.submitted = submitted;
        this.failed = failed;
    }

    /** Returns what happened to the escrow when the action was handed to the chain's adapter. */
    public EscrowCause submitted() {
        return submitted;
    }

    /** Returns what happened to the escrow when the action came to nothing. */
    public EscrowCause failed() {
        return failed;
    }
}
