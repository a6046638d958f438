package io.quoin.node.settlement;

import static io.quoin.node.settlement.EscrowCause.*;
import static io.quoin.node.settlement.EscrowEffect.*;
import static io.quoin.node.settlement.EscrowState.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The transitions of an escrow of mode {@code ESCROW}, all of them; everything else reads from here. Pure.
 *
 * <p>Money moves on chain alone. So a fact from a final block is followed from whichever state the node believed
 * itself in, as long as the escrow has not ended: a refund sent by a stranger ends an escrow that was on its way to
 * release, and a lock that an earlier life of this database sent counts though this one has not.
 */
public final class EscrowTable {
    /** Every legal step. What is not here is refused. */
    public static final List<EscrowEdge> EDGES = List.of(
            edge(MATCHED, LOCK_SUBMITTED, LOCKING),
            edge(MATCHED, LOCK_FINAL, LOCKED, REQUEST_RELEASE),
            edge(MATCHED, LOCK_WINDOW_CLOSED, FAILED, RETURN_FILL),
            edge(LOCKING, LOCK_FINAL, LOCKED, REQUEST_RELEASE),
            edge(LOCKING, LOCK_FAILED, FAILED, RETURN_FILL),
            edge(LOCKED, RELEASE_SUBMITTED, RELEASING),
            edge(LOCKED, RELEASE_FINAL, SETTLED, SETTLE_FILL),
            edge(LOCKED, DEADLINE_PASSED, REFUNDING, REQUEST_REFUND),
            edge(LOCKED, REFUND_FINAL, REFUNDED, RETURN_FILL),
            edge(LOCKED, DISPUTE_FINAL, DISPUTED),
            edge(RELEASING, RELEASE_FINAL, SETTLED, SETTLE_FILL),
            edge(RELEASING, RELEASE_FAILED, LOCKED, REQUEST_RELEASE),
            edge(RELEASING, DEADLINE_PASSED, REFUNDING, REQUEST_REFUND),
            edge(RELEASING, REFUND_FINAL, REFUNDED, RETURN_FILL),
            edge(RELEASING, DISPUTE_FINAL, DISPUTED),
            edge(REFUNDING, REFUND_SUBMITTED, REFUNDING),
            edge(REFUNDING, REFUND_FINAL, REFUNDED, RETURN_FILL),
            edge(REFUNDING, REFUND_FAILED, REFUNDING, REQUEST_REFUND),
            edge(REFUNDING, RELEASE_FAILED, REFUNDING),
            edge(REFUNDING, RELEASE_SUBMITTED, REFUNDING),
            edge(REFUNDING, RELEASE_FINAL, SETTLED, SETTLE_FILL),
            edge(DISPUTED, RELEASE_SUBMITTED, DISPUTED),
            edge(DISPUTED, RELEASE_FAILED, DISPUTED),
            edge(REFUNDED, RELEASE_SUBMITTED, REFUNDED),
            edge(REFUNDED, RELEASE_FAILED, REFUNDED),
            edge(REFUNDED, REFUND_SUBMITTED, REFUNDED),
            edge(REFUNDED, REFUND_FAILED, REFUNDED),
            edge(SETTLED, RELEASE_SUBMITTED, SETTLED),
            edge(SETTLED, RELEASE_FAILED, SETTLED),
            edge(SETTLED, REFUND_SUBMITTED, SETTLED),
            edge(SETTLED, REFUND_FAILED, SETTLED));

    private EscrowTable() {}

    /** Returns the step that follows from a state when something happened; empty if that is not legal. */
    public static Optional<EscrowEdge> decide(EscrowState state, EscrowCause cause) {
        return EDGES.stream()
                .filter(edge -> edge.from() == state && edge.cause() == cause)
                .findFirst();
    }

    private static EscrowEdge edge(EscrowState from, EscrowCause cause, EscrowState to, EscrowEffect... effects) {
        return new EscrowEdge(from, cause, to, Set.of(effects));
    }
}
