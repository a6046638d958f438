package io.quoin.node.settlement;

/** What an edge asks for. Written in the same database transaction as the new state. */
public enum EscrowEffect {
    /** Lock both legs on chain. */
    REQUEST_LOCK,
    /** Release both legs on chain. */
    REQUEST_RELEASE,
    /** Refund both legs on chain. */
    REQUEST_REFUND,
    /** Tell the engine that each side has what the other paid. */
    SETTLE_FILL,
    /** Tell the engine that each side has back what it paid. */
    RETURN_FILL
}
