package io.quoin.signer.journal;

import io.quoin.signer.evm.Hex;

/**
 * The record of what was signed for what (R14: a port; the node has the adapter). One program at a time may write it.
 * Thread-safe; every call waits until its effect is on disk, so call it from virtual threads.
 */
public interface Journal extends AutoCloseable {
    /**
     * Takes all slots of a claim, or none. When it returns {@link Taken.Fresh}, {@link Taken.SameAgain} or
     * {@link Taken.Replacement}, that is on disk and the payload may be signed.
     *
     * @throws JournalException if the journal cannot be written, or was taken over by another signer; then nothing may be
     *     signed
     */
    Taken take(Claim claim);

    /**
     * Keeps the signature that was made for a claim's payload, at its seat, so that asking again gives the same one. Does
     * nothing if another payload has the seat by now, or another signature is kept.
     *
     * @return the signature that is kept for the payload from now on: the given one, or an earlier one
     * @throws JournalException if the journal cannot be written
     */
    Hex signed(Claim claim, Hex signature);

    /**
     * Says that the cancel of a nonce is final on its chain, so that the action it displaced may stand at another nonce.
     *
     * @throws IllegalArgumentException if no cancel has the nonce
     * @throws JournalException if the journal cannot be written
     */
    void cancelFinal(Slot.EvmTurn turn);

    /** Gives the journal up, so that another signer may start at once. */
    @Override
    void close();
}
