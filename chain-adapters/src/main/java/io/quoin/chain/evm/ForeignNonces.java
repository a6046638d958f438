package io.quoin.chain.evm;

import io.quoin.chain.ActionId;
import io.quoin.chain.ActionState;
import io.quoin.chain.PendingAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds signed actions whose nonce a transaction of somebody else has used for good, so that theirs can never be mined.
 *
 * <p>An action whose own transaction was mined must never be taken for one, since it would be done twice. So all of this
 * must hold: the account's count of transactions in the state of a final block is above the nonce; asked afterwards, the
 * node has neither a receipt of the action's transaction, of whatever block, nor the transaction itself; and all that
 * again when as many further blocks are final as make a block final, for a node may show a block before it finds the
 * transactions in it. Used by one thread.
 */
final class ForeignNonces {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignNonces.class);

    private final EvmProfile profile;
    private final EvmRpc rpc;
    private final Map<ActionId, Long> firstFound = new HashMap<>();

    ForeignNonces(EvmProfile profile, EvmRpc rpc) {
        this.profile = profile;
        this.rpc = rpc;
    }

    void forgetAllBut(List<PendingAction> unfinished) {
        firstFound
                .keySet()
                .retainAll(unfinished.stream()
                        .map(pending -> pending.action().id())
                        .collect(Collectors.toSet()));
    }

    /** Whether the nonce is lost; {@code height} is the newest final one of this batch. */
    boolean isLost(PendingAction pending, ActionState.Signed signed, long height) {
        ActionId id = pending.action().id();
        if (!isUsedByAnother(pending, signed, height)) {
            firstFound.remove(id);
            return false;
        }
        Long first = firstFound.putIfAbsent(id, height);
        boolean lost = first != null && height >= first + profile.confirmations();
        if (first == null) {
            LOG.atWarn()
                    .addKeyValue("chain", profile.chain())
                    .addKeyValue("action", id)
                    .addKeyValue("nonce", signed.nonce())
                    .log("chain.nonce-used-elsewhere, looked at again before the action ends");
        }
        return lost;
    }

    private boolean isUsedByAnother(PendingAction pending, ActionState.Signed signed, long height) {
        try {
            return rpc.minedTransactions(pending.sender(), height).compareTo(signed.nonce()) > 0
                    && rpc.receipt(signed.txHash()).isEmpty()
                    && !rpc.knows(signed.txHash());
        } catch (RpcErrorException unknown) {
            // A node without the state of that block cannot tell; a later batch, nearer to the head, can.
            LOG.atDebug()
                    .addKeyValue("chain", profile.chain())
                    .setCause(unknown)
                    .log("chain.nonce-count-unknown");
            return false;
        }
    }
}
