package io.quoin.chain.evm;

import io.quoin.chain.ActionId;
import io.quoin.chain.ActionState;
import io.quoin.chain.PendingAction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Hands stored bytes to the node, again and again until they are mined; never other bytes. A node that has them already
 * is a success. Used by one thread.
 */
final class Broadcaster {
    private final EvmProfile profile;
    private final EvmRpc rpc;
    private final Clock clock;
    private final ActionProblems problems;
    private final Map<ActionId, Instant> lastSent = new HashMap<>();

    Broadcaster(EvmProfile profile, EvmRpc rpc, Clock clock, ActionProblems problems) {
        this.profile = profile;
        this.rpc = rpc;
        this.clock = clock;
        this.problems = problems;
    }

    void forgetAllBut(List<PendingAction> unfinished) {
        lastSent.keySet()
                .retainAll(unfinished.stream()
                        .map(pending -> pending.action().id())
                        .collect(Collectors.toSet()));
    }

    /** Sends again what this process has not sent yet, or long ago; returns whether the node has it. */
    boolean repeat(ActionId id, ActionState.Signed signed) {
        Instant sent = lastSent.getOrDefault(id, Instant.MIN);
        boolean recent = sent.isAfter(clock.instant().minus(profile.tuning().rebroadcastInterval()));
        return recent || isMined(id, signed) || send(id, signed);
    }

    /** Sends once; when the reply is lost the exception passes, and the next {@link #repeat} sends the same bytes. */
    boolean send(ActionId id, ActionState.Signed signed) {
        try {
            return rpc.send(signed.rawTransaction()).equals(signed.txHash()) ? taken(id) : misnamed(id);
        } catch (RpcErrorException refused) {
            return switch (SendRefusal.of(refused)) {
                case KNOWN -> taken(id);
                case NONCE_USED -> rpc.knows(signed.txHash()) ? taken(id) : usedByOthers(id, signed);
                case UNFUNDED, OTHER -> {
                    problems.refused(id, refused);
                    yield false;
                }
            };
        }
    }

    private boolean isMined(ActionId id, ActionState.Signed signed) {
        return rpc.receipt(signed.txHash()).isPresent() && taken(id);
    }

    private boolean taken(ActionId id) {
        lastSent.put(id, clock.instant());
        problems.solved(id);
        return true;
    }

    private boolean misnamed(ActionId id) {
        problems.note(id, "the node took the transaction under another hash than its own");
        return false;
    }

    private boolean usedByOthers(ActionId id, ActionState.Signed signed) {
        lastSent.put(id, clock.instant());
        problems.noteAtOnce(
                id,
                "nonce " + signed.nonce() + " was used by a transaction that is not ours; is the key used elsewhere?");
        return true;
    }
}
