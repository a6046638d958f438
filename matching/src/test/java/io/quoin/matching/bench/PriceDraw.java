package io.quoin.matching.bench;

import java.util.SplittableRandom;

/** Draws prices around a fair one that walks slowly. */
final class PriceDraw {
    private static final long FAIR_START = 1 << 20;
    private static final int STEP_EVERY = 16;
    /** How far beyond the other side's best price an order reaches that shall trade and may rest: a part of the depth. */
    private static final int PART = 4;
    /** The same of an immediate order: a multiple of the depth. */
    private static final int MULTIPLE = 8;

    private final int depth;
    private final SplittableRandom random;
    private final TreeMapBook book;
    private long fair = FAIR_START;

    PriceDraw(int depth, SplittableRandom random, TreeMapBook book) {
        this.depth = depth;
        this.random = random;
        this.book = book;
    }

    /** Lets the fair price walk. */
    void step() {
        if (random.nextInt(STEP_EVERY) == 0) {
            fair += random.nextBoolean() ? 1 : -1;
        }
    }

    /** Returns a price at which an order rests: its distance from the fair one has an exponential distribution. */
    long resting(boolean buy) {
        long distance = (long) exponential(random, depth);
        return buy
                ? Math.min(fair - 1 - distance, book.best(false, Long.MAX_VALUE) - 1)
                : Math.max(fair + 1 + distance, book.best(true, 0) + 1);
    }

    /** Returns a price at which an order trades, if anything rests on the other side. */
    long trading(boolean buy, boolean immediate) {
        long reach = random.nextInt(immediate ? depth * MULTIPLE : depth / PART + 1);
        long touch = book.best(!buy, fair);
        return buy ? touch + reach : touch - reach;
    }

    /** Draws from an exponential distribution; strict mathematics, so that every machine draws the same. */
    static double exponential(SplittableRandom random, double mean) {
        return -mean * StrictMath.log(1.0 - random.nextDouble());
    }
}
