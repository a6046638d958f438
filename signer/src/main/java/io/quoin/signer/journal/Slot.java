package io.quoin.signer.journal;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Something of which a chain or a counterparty accepts one only. Its text is its one name, in the journal and in an
 * export.
 */
public sealed interface Slot {
    /** The slot's name: its kind and its parts, with {@code /} between them. */
    String text();

    /**
     * Reads that name. Throws {@link IllegalArgumentException} for anything that {@link #text} does not write.
     */
    static Slot parse(String text) {
        Slot slot = SlotText.parse(text);
        if (!slot.text().equals(text)) {
            throw new IllegalArgumentException("slot: " + text + " is not written in the one way, " + slot.text());
        }
        return slot;
    }

    /**
     * A sender's transaction number on an EVM chain.
     *
     * @param chain the {@code eip155} chain
     * @param sender whose number it is
     * @param nonce the number
     */
    record EvmTurn(ChainId chain, EvmAddress sender, EvmNonce nonce) implements Slot {
        /** Refuses a chain that is no EVM chain, with {@link IllegalArgumentException}. */
        public EvmTurn {
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(nonce, "nonce");
            SlotText.requireEvm(chain);
        }

        @Override
        public String text() {
            return SlotText.join(SlotText.EVM_TURN, chain, sender, nonce);
        }
    }

    /**
     * The place of one action of a sender among his numbers: an action stands at one number at a time.
     *
     * @param chain the {@code eip155} chain
     * @param sender who sends it
     * @param action the action's id; another attempt at the same end, after the first is final, is another action
     */
    record EvmAction(ChainId chain, EvmAddress sender, Bytes32 action) implements Slot {
        /** Refuses a chain that is no EVM chain, with {@link IllegalArgumentException}. */
        public EvmAction {
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(action, "action");
            SlotText.requireEvm(chain);
        }

        @Override
        public String text() {
            return SlotText.join(SlotText.EVM_ACTION, chain, sender, action);
        }
    }

    /**
     * An output of a Bitcoin transaction.
     *
     * @param chain the {@code bip122} chain
     * @param transaction the transaction's id, as people write it
     * @param index which output, from 0 to 2^32-1
     */
    record Outpoint(ChainId chain, Bytes32 transaction, long index) implements Slot {
        private static final long INDEX_MAX = 0xffff_ffffL;

        /** Refuses an index out of range and an EVM chain, with {@link IllegalArgumentException}. */
        public Outpoint {
            Objects.requireNonNull(transaction, "transaction");
            if (chain.isEip155() || index < 0 || index > INDEX_MAX) {
                throw new IllegalArgumentException("slot: no outpoint of " + chain + " has index " + index);
            }
        }

        @Override
        public String text() {
            return SlotText.join(SlotText.OUTPOINT, chain, transaction, index);
        }
    }

    /**
     * How a leg of an escrow ends.
     *
     * @param chain the leg's chain
     * @param escrow names the escrow on that chain; a vault's escrow is named with its vault
     * @param leg which leg, from 0
     */
    record EscrowLeg(ChainId chain, Bytes32 escrow, int leg) implements Slot {
        /** Refuses a negative leg with {@link IllegalArgumentException}. */
        public EscrowLeg {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(escrow, "escrow");
            if (leg < 0) {
                throw new IllegalArgumentException("slot: a leg is counted from 0, not " + leg);
            }
        }

        @Override
        public String text() {
            return SlotText.join(SlotText.ESCROW_LEG, chain, escrow, leg);
        }
    }

    /**
     * A numbered EIP-712 message.
     *
     * @param chain the {@code eip155} chain of its domain
     * @param contract the contract of its domain
     * @param account whose numbers they are; the zero address where the contract counts for everybody alike
     * @param number the nonce or the order's id; uint256
     */
    record TypedMessage(ChainId chain, EvmAddress contract, EvmAddress account, BigInteger number) implements Slot {
        /** Refuses a number that is no uint256 and a chain that is no EVM chain, with {@link IllegalArgumentException}. */
        public TypedMessage {
            Objects.requireNonNull(contract, "contract");
            Objects.requireNonNull(account, "account");
            SlotText.requireEvm(chain);
            if (number.signum() < 0 || number.bitLength() > 256) {
                throw new IllegalArgumentException("slot: a message's number is a uint256, not " + number);
            }
        }

        @Override
        public String text() {
            return SlotText.join(SlotText.TYPED_MESSAGE, chain, contract, account, number);
        }
    }
}
