package io.quoin.matching;

/** What makes an order match. */
public enum OrderType {
    /** Matches at its limit price or better. */
    LIMIT,
    /** Matches at once at what the book offers, within its worst price and its slippage limit. Never rests. */
    MARKET,
    /** Waits until the last trade price reaches its stop price, then is a {@link #MARKET} order. */
    STOP,
    /** Waits until the last trade price reaches its stop price, then is a {@link #LIMIT} order. */
    STOP_LIMIT;

    /** Tells whether an order of this type waits for its stop price before it may match. */
    public boolean waits() {
        return this == STOP || this == STOP_LIMIT;
    }

    /** Tells whether an order of this type takes what the book offers, rather than naming a limit. */
    public boolean takesMarket() {
        return this == MARKET || this == STOP;
    }
}
