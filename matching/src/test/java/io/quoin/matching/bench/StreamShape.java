package io.quoin.matching.bench;

import java.util.Locale;

/**
 * What a generated stream looks like; the figures are of its timed part.
 *
 * @param warm commands before the timed part
 * @param timed commands of the timed part
 * @param trading how many of them trade
 * @param trades how many trades they make
 * @param fillsMax the most trades of one command
 * @param rejects how many are rejected
 * @param resting orders that rest, on average
 * @param restingMax the most orders that ever rest, warming included
 * @param levels prices with orders, on average
 */
record StreamShape(
        int warm,
        int timed,
        int trading,
        long trades,
        long fillsMax,
        long rejects,
        int resting,
        int restingMax,
        int levels) {
    private static final double PERCENT = 100.0;

    /** Returns the share of commands that trade, in percent. */
    double tradingPercent() {
        return PERCENT * trading / timed;
    }

    /** Returns all that in a line. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%,d commands after %,d to warm the book: %.1f %% trade (%.1f fills each, at most %,d), %.1f %% rejected,"
                        + " %,d orders rest on %,d levels",
                timed,
                warm,
                tradingPercent(),
                (double) trades / Math.max(1, trading),
                fillsMax,
                PERCENT * rejects / timed,
                resting,
                levels);
    }
}
