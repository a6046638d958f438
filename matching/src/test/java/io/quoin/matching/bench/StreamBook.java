package io.quoin.matching.bench;

/**
 * An order book as the benchmark drives it, one call a command. It tells what it did to the {@link Checksum} that it was
 * made with: for each command its trades in order, then what expired or was cancelled, or that it was rejected.
 */
interface StreamBook {
    /** Places a limit order; what is left of it rests, or expires if it is immediate-or-cancel. */
    void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate);

    /** Cancels a resting order, or rejects. */
    void cancel(long id, int owner);

    /** Gives a resting order another price, at which it may trade as a taker and is last in its queue; or rejects. */
    void move(long id, int owner, boolean buy, long price);

    /**
     * Amends a resting order down in place, so that it keeps its priority; or rejects.
     *
     * @param remaining what is left of it then, more than zero
     * @param by the same as a difference, for engines that are told so
     */
    void reduce(long id, int owner, long remaining, long by);
}
