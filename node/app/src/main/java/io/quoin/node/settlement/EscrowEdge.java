package io.quoin.node.settlement;

import java.util.Set;

/**
 * One legal step.
 *
 * @param from the state before
 * @param cause what happened
 * @param to the state after
 * @param effects what is then to be done
 */
public record EscrowEdge(EscrowState from, EscrowCause cause, EscrowState to, Set<EscrowEffect> effects) {
    /** Keeps an unmodifiable copy of the effects. */
    public EscrowEdge {
        effects = Set.copyOf(effects);
    }
}
