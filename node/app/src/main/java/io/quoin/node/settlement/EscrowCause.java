package io.quoin.node.settlement;

/** What can happen to an escrow. Chain facts are told at final blocks only, and deadlines in the chain's own time. */
public enum EscrowCause {
    /** Two orders were matched: the beginning. */
    FILL_MATCHED,
    /** The lock was handed to the chain's adapter. */
    LOCK_SUBMITTED,
    /** The lock is in a final block. */
    LOCK_FINAL,
    /** The chain refused the lock, or left the fill out of it; nothing is locked. */
    LOCK_FAILED,
    /** An order expired before the lock was handed over. */
    LOCK_WINDOW_CLOSED,
    /** The release was handed to the chain's adapter. */
    RELEASE_SUBMITTED,
    /** The release is in a final block. */
    RELEASE_FINAL,
    /** The chain refused the release. */
    RELEASE_FAILED,
    /** A party disputed the fill, in a final block. */
    DISPUTE_FINAL,
    /** The chain's time reached the escrow's deadline. */
    DEADLINE_PASSED,
    /** The refund was handed to the chain's adapter. */
    REFUND_SUBMITTED,
    /** The refund, by whomever, is in a final block. */
    REFUND_FINAL,
    /** The chain refused our refund. */
    REFUND_FAILED
}
