package io.quoin.matching.bench;

/**
 * Takes what an engine did, in order, and folds it into 64 bits: two engines that did the same things in the same order
 * have the same value, and two that did not have another one, but for chance. Not final only for {@link Transcript},
 * which is never loaded where time is measured.
 */
class Checksum {
    private static final int TRADED = 1;
    private static final int CANCELLED = 2;
    private static final int EXPIRED = 3;
    private static final int REDUCED = 4;
    private static final int REJECTED = 5;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final long FIRST = 0xC2B2AE3D27D4EB4FL;
    private static final long SECOND = 0x165667B19E3779F9L;
    private static final long THIRD = 0xD6E8FEB86659FD93L;
    private static final long FOURTH = 0xFF51AFD7ED558CCDL;
    private static final int TURN = 29;

    private long value;
    private long trades;
    private long rejects;

    /** A taker's order met a maker's. */
    void trade(long taker, long maker, long price, long quantity) {
        trades++;
        fold(TRADED, taker * FIRST + maker * SECOND + price * THIRD + quantity * FOURTH);
    }

    /** All that was left of a resting order was cancelled. */
    void cancelled(long id, long quantity) {
        fold(CANCELLED, id * FIRST + quantity * FOURTH);
    }

    /** What an immediate order did not get. */
    void expired(long id, long quantity) {
        fold(EXPIRED, id * FIRST + quantity * FOURTH);
    }

    /** A resting order was amended down by a quantity. */
    void reduced(long id, long by) {
        fold(REDUCED, id * FIRST + by * FOURTH);
    }

    /** A command was rejected, for no such order rests. */
    void rejected(long id) {
        rejects++;
        fold(REJECTED, id * FIRST);
    }

    final long value() {
        return value;
    }

    final long trades() {
        return trades;
    }

    final long rejects() {
        return rejects;
    }

    private void fold(int kind, long what) {
        value = Long.rotateLeft(((value + kind) ^ what) * SPREAD, TURN);
    }
}
