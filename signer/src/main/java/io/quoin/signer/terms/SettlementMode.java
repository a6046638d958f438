package io.quoin.signer.terms;

/** How a fill is settled; the numbers are those of the order's EIP-712 type. */
public enum SettlementMode {
    /** Both legs change hands in one transaction of one vault. */
    ATOMIC(0),
    /** Both legs are locked in one vault, then released. */
    ESCROW(1),
    /** Legs on two chains under one hash. */
    SWAP(2),
    /** One leg on chain, payment outside of it. */
    P2P(3);

    private final int code;

    SettlementMode(int code) {
        this.code = code;
    }

    /** The number in the signed order. */
    public int code() {
        return code;
    }
}
