package io.quoin.matching;

/** What becomes of what an order does not fill when it arrives or is triggered. */
public enum TimeInForce {
    /** Good till cancelled: it rests, without expiry. */
    GTC,
    /** Good till date: it rests until its expiry. */
    GTD,
    /** Immediate or cancel: it is cancelled. */
    IOC,
    /** Fill or kill: the order is filled whole at once or not at all. */
    FOK;

    /** Tells whether what is not filled may rest in the book. */
    public boolean rests() {
        return this == GTC || this == GTD;
    }
}
