package io.quoin.signer.journal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmNonce;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one payload needs before it may be signed: all of its slots or none.
 *
 * @param key which key signs
 * @param payload the hash of the exact bytes
 * @param fee what decides between two payloads for one slot: wei per gas at most, or satoshi in all; from 0
 * @param wants the slots, one want each; the first is the seat, where the signature is kept
 * @param spendings what it moves
 */
public record Claim(KeyName key, Bytes32 payload, BigInteger fee, List<Want> wants, List<Spending> spendings) {
    /** A claim may name at most so many slots: a full batch's legs and its nonce. */
    public static final int WANTS_MAX = 4_096;

    /** Refuses no wants, too many, two for one slot and a negative fee, with {@link IllegalArgumentException}. */
    public Claim {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
        wants = List.copyOf(wants);
        spendings = List.copyOf(spendings);
        if (fee.signum() < 0 || fee.bitLength() > 256) {
            throw new IllegalArgumentException("claim: the fee " + fee + " is out of range");
        }
        if (wants.isEmpty() || wants.size() > WANTS_MAX) {
            throw new IllegalArgumentException("claim: 1 to " + WANTS_MAX + " slots, not " + wants.size());
        }
        Set<Slot> slots = new HashSet<>();
        for (Want want : wants) {
            if (!slots.add(want.slot())) {
                throw new IllegalArgumentException(
                        "claim: two wants for " + want.slot().text());
            }
        }
    }

    /**
     * A claim for an EVM transaction of an action: its nonce, the action's place at that nonce, and what it ends.
     *
     * @param ends legs that the transaction ends
     */
    public static Claim evm(
            KeyName key,
            Bytes32 payload,
            BigInteger fee,
            Want.EvmSend send,
            List<Want.End> ends,
            List<Spending> spendings) {
        Slot.EvmTurn turn = send.slot();
        EvmNonce nonce = turn.nonce();
        List<Want> wants = new ArrayList<>();
        wants.add(send);
        wants.add(new Want.EvmPlace(new Slot.EvmAction(turn.chain(), turn.sender(), send.action()), nonce));
        wants.addAll(ends);
        return new Claim(key, payload, fee, wants, spendings);
    }

    /** The slot at which the signature is kept. */
    public Slot seat() {
        return wants.getFirst().slot();
    }
}
