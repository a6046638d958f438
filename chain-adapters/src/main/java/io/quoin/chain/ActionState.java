package io.quoin.chain;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import java.util.Objects;

/** How far an accepted action came. */
public sealed interface ActionState {
    /** Durably accepted; nothing was leased or signed. */
    record Accepted() implements ActionState {}

    /**
     * A nonce is set aside for it; nothing is known to be signed.
     *
     * @param nonce the nonce
     */
    record Leased(EvmNonce nonce) implements ActionState {
        /** Takes any nonce. */
        public Leased {
            Objects.requireNonNull(nonce, "nonce");
        }
    }

    /**
     * Signed; may have been broadcast. Only these bytes may be sent for it.
     *
     * @param nonce the transaction's nonce
     * @param txHash the transaction's hash
     * @param rawTransaction the signed bytes
     */
    record Signed(EvmNonce nonce, Bytes32 txHash, Hex rawTransaction) implements ActionState {
        /** Takes the hash and the bytes it is of. */
        public Signed {
            Objects.requireNonNull(nonce, "nonce");
            Objects.requireNonNull(txHash, "txHash");
            Objects.requireNonNull(rawTransaction, "rawTransaction");
        }
    }

    /** Ended by {@link ChainEvent.ActionMined} or {@link ChainEvent.ActionFailed}. */
    record Finished() implements ActionState {}
}
