package io.quoin.chain;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import java.util.List;

/**
 * Keeps accepted actions, the nonces set aside for them and their signed bytes, each durably before the method returns
 * (a port, R14). It shares its database with {@link CursorStore}, whose commit moves actions to
 * {@link ActionState.Finished}. {@link #accept} and {@link #unfinished} come from any thread; {@link #lease} and
 * {@link #signed} from one thread for each chain and sender.
 */
public interface NonceStore {
    /**
     * Stores the action as {@link ActionState.Accepted} unless its id is known, and returns it as it now stands. An id
     * that is known with another intent or sender is a bug of the caller: throws {@link IllegalArgumentException}.
     */
    PendingAction accept(ChainId chain, EvmAddress sender, ChainAction action);

    /** The sender's actions on that chain that are not finished, in the order they were accepted. */
    List<PendingAction> unfinished(ChainId chain, EvmAddress sender);

    /**
     * Sets a nonce aside for an unfinished action: the one it has already, else the smallest from {@code chainNext} on
     * that no other action of this chain and sender holds. An action holds its nonce while it is {@link
     * ActionState.Leased}, and for ever once it was {@link ActionState.Signed}, finished or not; an action that
     * finished without having been signed holds none, so that its nonce is used again and leaves no gap. No two actions
     * hold one nonce: a unique constraint proves it.
     *
     * @param chainNext the sender's number of mined transactions
     */
    EvmNonce lease(ActionId action, ChainId chain, EvmAddress sender, EvmNonce chainNext);

    /**
     * Stores the signed bytes of a leased action, before anything is sent. Bytes that are stored are never replaced:
     * throws {@link IllegalStateException} for an action that is signed with other bytes, finished or not leased.
     */
    void signed(ActionId action, EvmNonce nonce, Bytes32 txHash, Hex rawTransaction);
}
