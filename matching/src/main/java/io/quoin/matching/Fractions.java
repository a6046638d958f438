package io.quoin.matching;

/** Parts of amounts in basis points, exact: split into quotient and rest of 10,000, no product leaves a {@code long}. */
final class Fractions {
    private static final long WHOLE = 10_000;

    private Fractions() {}

    /** Returns floor(amount × basisPoints ÷ 10,000), of an amount that is not negative and at most 10,000 of these. */
    static long floor(long amount, int basisPoints) {
        if (amount <= Long.MAX_VALUE / WHOLE && basisPoints <= WHOLE) {
            return amount * basisPoints / WHOLE;
        }
        return amount / WHOLE * basisPoints + amount % WHOLE * basisPoints / WHOLE;
    }

    /** Returns the same rounded up; -1 if it does not fit in a {@code long}. */
    static long ceil(long amount, int basisPoints) {
        long quotient = amount / WHOLE;
        long rest = (amount % WHOLE * basisPoints + WHOLE - 1) / WHOLE;
        if (Math.multiplyHigh(quotient, basisPoints) != 0 || quotient * basisPoints < 0) {
            return -1;
        }
        long sum = quotient * basisPoints + rest;
        return sum < 0 ? -1 : sum;
    }

    static long floorToMultiple(long value, long unit) {
        return value - value % unit;
    }

    /** Returns the next multiple at or above a value that is not negative; the one below if that does not fit. */
    static long ceilToMultiple(long value, long unit) {
        long floor = floorToMultiple(value, unit);
        return floor == value || floor > Long.MAX_VALUE - unit ? floor : floor + unit;
    }
}
