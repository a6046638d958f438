package io.quoin.node.ledger;

/** The books of the ledger. */
public enum LedgerBook {
    /** What the vault holds for the traders, as a negative sum; it has no owner. */
    CUSTODY,
    /** What a trader could withdraw from the vault. */
    AVAILABLE,
    /** What a trader has in escrows. */
    LOCKED,
    /** What buyers paid and sellers did not get: the fees of operator and referrers; it has no owner here. */
    HOUSE,
    /**
     * What left the vault though no event followed here had brought it, such as a dispute's award; a negative sum without
     * an owner, and for a person to look at.
     */
    UNEXPLAINED
}
