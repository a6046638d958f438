package io.quoin.signer.terms;

/** Whether an order buys or sells the market's base token; the numbers are those of the order's EIP-712 type. */
public enum OrderSide {
    /** Pays quote, receives base. */
    BUY(0),
    /** Pays base, receives quote. */
    SELL(1);

    private final int code;

    OrderSide(int code) {
        this.code = code;
    }

    /** The number in the signed order. */
    public int code() {
        return code;
    }
}
