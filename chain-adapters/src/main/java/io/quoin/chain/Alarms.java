package io.quoin.chain;

/** Where the adapter says that a person should look; raising or clearing again what stands changes nothing. */
public interface Alarms {
    /** The chain's RPC does not answer, or answers for another chain or without the vault. */
    String CHAIN_UNREACHABLE = "chain-unreachable";

    /** The chain's history is not the one that was processed; nothing is processed until a person decides. */
    String CHAIN_HALTED = "chain-halted";

    /** An action was accepted long ago and is not final yet. */
    String ACTION_STUCK = "action-stuck";

    /** {@link CursorStore} or {@link NonceStore} fails: nothing is processed or sent until it works. */
    String STORE_FAILING = "store-failing";

    /** Raises the alarm, or replaces its text. */
    void raise(String alarm, String text);

    /** Clears the alarm. */
    void clear(String alarm);
}
