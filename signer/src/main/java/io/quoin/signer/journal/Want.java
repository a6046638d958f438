package io.quoin.signer.journal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmNonce;
import java.util.Objects;
import java.util.Optional;

/** What a payload needs of one slot. */
public sealed interface Want {
    /** The slot. */
    Slot slot();

    /**
     * A nonce for an action.
     *
     * @param slot the nonce
     * @param intent what the transaction achieves, without fees
     * @param action which action it is, see {@link Slot.EvmAction}
     */
    record EvmSend(Slot.EvmTurn slot, Bytes32 intent, Bytes32 action) implements Want {
        /** Takes any parts. */
        public EvmSend {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(intent, "intent");
            Objects.requireNonNull(action, "action");
        }
    }

    /**
     * A nonce that is used up by nothing: the intent {@code EvmNonceCancel}, to self, value 0, no data (R9).
     *
     * @param slot the nonce
     */
    record EvmNonceCancel(Slot.EvmTurn slot) implements Want {
        /** The intent of every cancel. */
        static final Bytes32 INTENT = io.quoin.signer.fingerprint.Fingerprint.of("quoin-nonce-cancel-1")
                .sha256();

        /** Takes any nonce. */
        public EvmNonceCancel {
            Objects.requireNonNull(slot, "slot");
        }
    }

    /**
     * The place of an action among its sender's nonces.
     *
     * @param slot the action
     * @param nonce where it is to stand
     */
    record EvmPlace(Slot.EvmAction slot, EvmNonce nonce) implements Want {
        /** Takes any place. */
        public EvmPlace {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(nonce, "nonce");
        }
    }

    /**
     * An output to spend.
     *
     * @param slot the output
     * @param intent what the transaction achieves, without fees
     * @param payees {@link Outcome#payeesHash} of the escrow that the output is of; empty for an output of no escrow
     */
    record Spend(Slot.Outpoint slot, Bytes32 intent, Optional<Bytes32> payees) implements Want {
        /** Takes any parts. */
        public Spend {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(intent, "intent");
            Objects.requireNonNull(payees, "payees");
        }
    }

    /**
     * A leg to end.
     *
     * @param slot the leg
     * @param outcome how it ends
     */
    record End(Slot.EscrowLeg slot, Outcome outcome) implements Want {
        /** Takes any outcome. */
        public End {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * A numbered message to attest.
     *
     * @param slot the message
     * @param intent what it says
     */
    record Attest(Slot.TypedMessage slot, Bytes32 intent) implements Want {
        /** Takes any message. */
        public Attest {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(intent, "intent");
        }
    }
}
