package io.quoin.node.ledger;

/** Why an entry was made. */
public enum LedgerKind {
    /** A deposit arrived in the vault. */
    DEPOSIT,
    /** A withdrawal left the vault. */
    WITHDRAWAL,
    /** Both legs of an escrow were locked. */
    LOCK,
    /** Both legs of an escrow went to the other side. */
    RELEASE,
    /** Both legs of an escrow went back. */
    REFUND
}
