package io.quoin.matching.bench;

/**
 * Counts nanoseconds in buckets that are exact up to 64 and within 3 % above. Made before the time is measured;
 * counting allocates nothing.
 */
final class LatencyHistogram {
    private static final int EXACT_BITS = 6;
    private static final int EXACT = 1 << EXACT_BITS;
    private static final int STEPS = EXACT / 2;

    private final long[] counts = new long[EXACT + STEPS * (Long.SIZE - EXACT_BITS)];
    private long total;

    void count(long nanos) {
        counts[bucket(nanos)]++;
        total++;
    }

    /** Returns the value that this part of all counted values, from 0 to 1, do not exceed; 0 if there are none. */
    long quantile(double part) {
        long wanted = Math.max(1, (long) Math.ceil(part * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return highest(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < EXACT) {
            return (int) Math.max(0, nanos);
        }
        int shift = Long.SIZE - EXACT_BITS - Long.numberOfLeadingZeros(nanos);
        return EXACT + (shift - 1) * STEPS + (int) (nanos >>> shift) - STEPS;
    }

    private static long highest(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int shift = 1 + (bucket - EXACT) / STEPS;
        long step = (long) STEPS + (bucket - EXACT) % STEPS;
        return ((step + 1) << shift) - 1;
    }
}
