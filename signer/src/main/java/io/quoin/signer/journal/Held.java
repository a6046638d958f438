package io.quoin.signer.journal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * What a slot holds: its one row in the journal.
 *
 * @param slot which slot
 * @param key which key's payload was the latest
 * @param what the intent or outcome that it is for; of an action, the nonce at which it stands
 * @param mark whether a cancel has it, or it is open again
 * @param bound of a nonce, the action that had it first; of an output, its escrow's payees
 * @param payload the hash of the latest payload
 * @param fee that payload's fee
 * @param turn how many payloads it has had, from 1
 * @param signature what was signed for the latest payload; empty while that is not known
 */
public record Held(
        Slot slot,
        KeyName key,
        Bytes32 what,
        Mark mark,
        Optional<Bytes32> bound,
        Bytes32 payload,
        BigInteger fee,
        int turn,
        Optional<Hex> signature) {
    /** What else is known of a slot. */
    public enum Mark {
        /** Nothing. */
        PLAIN,
        /** A nonce that a cancel has. */
        CANCEL,
        /** A nonce whose cancel is final on its chain. */
        CANCEL_FINAL,
        /** An action that a final cancel displaced: it may stand at another nonce. */
        OPEN
    }

    /** Refuses a turn below 1 and a negative fee, with {@link IllegalArgumentException}. */
    public Held {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(bound, "bound");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(signature, "signature");
        if (turn < 1 || fee.signum() < 0) {
            throw new IllegalArgumentException(
                    "journal: " + slot.text() + " cannot hold turn " + turn + " at fee " + fee);
        }
    }

    /** The same with that signature. */
    public Held withSignature(Hex made) {
        return new Held(slot, key, what, mark, bound, payload, fee, turn, Optional.of(made));
    }

    /** The same with that mark. */
    public Held withMark(Mark set) {
        return new Held(slot, key, what, set, bound, payload, fee, turn, signature);
    }

    /** The row that follows this one when another payload takes the slot. */
    Held next(KeyName signer, Bytes32 next, Mark set, Bytes32 nextPayload, BigInteger nextFee) {
        return new Held(
                slot,
                signer,
                next,
                set,
                bound,
                nextPayload,
                nextFee.max(fee),
                Math.addExact(turn, 1),
                Optional.empty());
    }
}
