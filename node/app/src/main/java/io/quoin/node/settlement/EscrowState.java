package io.quoin.node.settlement;

/**
 * Where an escrow of mode {@code ESCROW} stands: whose move it is, and what happens when that move does not come. A
 * state is final when nothing can follow it.
 */
public enum EscrowState {
    /** Two orders were matched; nothing is on chain. */
    MATCHED(WhoseMove.OPERATOR, "when an order expires first, the escrow fails and both amounts are free again"),
    /** The lock was handed to the chain. */
    LOCKING(WhoseMove.CHAIN, "when the chain refuses it, the escrow fails and both amounts are free again"),
    /** Both legs are locked, at a final block. */
    LOCKED(WhoseMove.OPERATOR, "from the deadline on anyone may refund both legs"),
    /** The release was handed to the chain. */
    RELEASING(WhoseMove.CHAIN, "from the deadline on anyone may refund both legs"),
    /** Both legs changed hands, at a final block. */
    SETTLED(WhoseMove.NOBODY, "nothing, it is done"),
    /** The deadline passed; the refund was asked for. */
    REFUNDING(WhoseMove.ANYONE, "anyone may refund both legs at any time"),
    /** Both legs went back to their payers, at a final block. */
    REFUNDED(WhoseMove.NOBODY, "nothing, it is done"),
    /** A party disputed the fill on chain, which moved it to an escrow of its own. */
    DISPUTED(WhoseMove.ARBITER, "the vault decides by what both orders sign; this version does not follow it"),
    /** Nothing was locked; both amounts are free again. */
    FAILED(WhoseMove.NOBODY, "nothing, it is done");

    /** Who must act. */
    public enum WhoseMove {
        /** The node's operator. */
        OPERATOR,
        /** Nobody but the chain, which has the transaction. */
        CHAIN,
        /** Whoever sends the transaction. */
        ANYONE,
        /** The market's arbiter, or who the orders sign for when he stays silent. */
        ARBITER,
        /** Nobody any more. */
        NOBODY
    }

    private final WhoseMove whoseMove;
    private final String then;

    EscrowState(WhoseMove whoseMove, String then) {
        this.whoseMove = whoseMove;
        this.then = then;
    }

    /** Returns who must act. */
    public WhoseMove whoseMove() {
        return whoseMove;
    }

    /** Returns, for a person, what happens when the move does not come. */
    public String then() {
        return then;
    }

    /** Returns whether nothing can follow. */
    public boolean isFinal() {
        return whoseMove == WhoseMove.NOBODY;
    }
}
