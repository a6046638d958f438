package io.quoin.matching.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Gives orders their ids and picks resting ones, all alike likely. */
final class OrderIds {
    private static final long BITS_63 = Long.MAX_VALUE;
    private static final int HALF = 31;
    private static final long FIRST = 0x1EE65A2D5C6B4F3BL;
    private static final long SECOND = 0x3C9A2F718DE5B46DL;
    /** Counted from here, ids that never rest. */
    private static final long NEVER = 1L << 62;

    private static final int GONE = 1 << 10;

    private final boolean scattered;
    private final SplittableRandom random;
    private final TreeMapBook book;
    private final long[] gone = new long[GONE];
    private long placed;
    private long cancelled;
    private long unknown;
    private long[] maybeResting = new long[1 << 16];
    private int candidates;

    OrderIds(boolean scattered, SplittableRandom random, TreeMapBook book) {
        this.scattered = scattered;
        this.random = random;
        this.book = book;
    }

    /** Returns an id that no order had. */
    long next() {
        return id(++placed);
    }

    /** Takes note of an order that may rest. */
    void placed(long id) {
        if (candidates == maybeResting.length) {
            maybeResting = Arrays.copyOf(maybeResting, 2 * candidates);
        }
        maybeResting[candidates++] = id;
    }

    /** Takes note of an order that was cancelled. */
    void cancelled(long id) {
        gone[(int) (cancelled++ % GONE)] = id;
    }

    /** Picks a resting order, of which there must be one; those that rest no more are forgotten on the way. */
    TreeMapBook.Order pick() {
        while (candidates > 0) {
            int index = random.nextInt(candidates);
            TreeMapBook.Order order = book.find(maybeResting[index]);
            if (order != null) {
                return order;
            }
            maybeResting[index] = maybeResting[--candidates];
        }
        throw new IllegalStateException("nothing rests");
    }

    /**
     * Returns an id of no resting order: one that was cancelled, or one that never was. Never one that was filled, for
     * parity-match does not forget those.
     */
    long unknown() {
        if (random.nextBoolean() && cancelled > 0) {
            return gone[random.nextInt((int) Math.min(cancelled, GONE))];
        }
        return id(NEVER + ++unknown);
    }

    /** Returns the number itself, or scattered by a bijection over 63 bits, so that no two numbers collide. */
    private long id(long number) {
        if (!scattered) {
            return number;
        }
        long mixed = (number * FIRST) & BITS_63;
        mixed ^= mixed >>> HALF;
        mixed = (mixed * SECOND) & BITS_63;
        return mixed ^ (mixed >>> HALF);
    }
}
