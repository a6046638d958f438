package io.quoin.chain;

import io.quoin.signer.evm.EvmAddress;
import java.time.Instant;
import java.util.Objects;

/**
 * An accepted action as the store knows it.
 *
 * @param action what was asked for
 * @param sender the account that sends it
 * @param state how far it came
 * @param acceptedAt when it was accepted
 */
public record PendingAction(ChainAction action, EvmAddress sender, ActionState state, Instant acceptedAt) {
    /** Takes any action in any state. */
    public PendingAction {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
    }
}
