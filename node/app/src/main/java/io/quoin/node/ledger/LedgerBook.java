package io.quoin.node.ledger;

/** The books of the ledger. */
public enum LedgerBook {
    /** What the vault holds for the traders, as a negative sum; it has no owner. */
    CUSTODY,
    /** What a trader could withdraw from the vault. */
    AVAILABLE,
    /** What a trader has in escrows. */
    LOCKED
}
