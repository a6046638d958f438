package io.quoin.chain;

import io.quoin.signer.caip.ChainId;

/**
 * One chain: actions go in, final events come out through {@link CursorStore}. Thread-safe.
 */
public interface ChainAdapter extends AutoCloseable {
    /** Which chain. */
    ChainId chain();

    /** How it is doing; answers at once from what was last seen. */
    ChainHealth health();

    /** Begins to watch and to send, in threads of its own; the chain need not be reachable. May be called once. */
    void start();

    /**
     * Accepts an action: returns when it is durably stored, from then on it is carried out across restarts. The outcome
     * arrives as {@link ChainEvent.ActionMined} or {@link ChainEvent.ActionFailed}. Submitting an id again changes
     * nothing. Throws {@link IllegalArgumentException} for an intent that is not for this chain, or an id that is known
     * with another intent; whatever the store throws passes through, and then nothing was accepted.
     */
    void submit(ChainAction action);

    /** The last height whose events were committed; 0 before the first. */
    BlockHeight finalHeight();

    /** What gas costs now; asks the chain. Throws {@link ChainUnreachableException}. */
    FeeQuote feeQuote();

    /** Ends the threads and waits for them; accepted actions continue at the next start. Idempotent. */
    @Override
    void close();
}
