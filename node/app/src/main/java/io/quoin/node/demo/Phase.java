package io.quoin.node.demo;

/** The stretches of a demonstration, in their order; each ends when what it is named after is there. */
public enum Phase {
    /** From the command to the first statement of the program, building included. */
    LAUNCH,
    /** The local chain answers. */
    CHAIN_UP,
    /** The database answers, and the schema of the last run is gone. */
    DATABASE_UP,
    /** The operator's key is open, the contracts are on the chain. */
    DEPLOYED,
    /** The node says that it is ready. */
    NODE_READY,
    /** Both traders have tokens in the vault, and the node knows it. */
    FUNDED,
    /** The orders are placed and have met. */
    MATCHED,
    /** Both legs of every fill are locked on chain, final and booked. */
    LOCKED,
    /** Every fill is released on chain, final and booked. */
    SETTLED,
    /** What remained is cancelled, withdrawals are booked, every balance is checked. */
    CHECKED
}
