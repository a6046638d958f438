package io.quoin.matching;

/** The side of an order: what its owner does with the base asset. */
public enum Side {
    /** Pays the quote asset and receives the base asset. */
    BUY,
    /** Pays the base asset and receives the quote asset. */
    SELL;

    /** Returns the side that an order of this side trades with. */
    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }
}
