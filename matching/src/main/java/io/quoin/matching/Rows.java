package io.quoin.matching;

/** How the engine's tables grow: by half, up to their limit. Two numbers may share one {@code long}, as halves. */
final class Rows {
    private static final int SMALLEST = 64;

    private Rows() {}

    /** Returns how many rows a full table should have next. */
    static int next(int rows, int limit) {
        return (int) Math.min(limit, Math.max(SMALLEST, rows + (long) (rows >> 1)));
    }

    static long pack(int high, int low) {
        return ((long) high << Integer.SIZE) | (low & 0xFFFF_FFFFL);
    }

    static int high(long halves) {
        return (int) (halves >> Integer.SIZE);
    }

    static int low(long halves) {
        return (int) halves;
    }

    static long withHigh(long halves, int high) {
        return ((long) high << Integer.SIZE) | (halves & 0xFFFF_FFFFL);
    }

    static long withLow(long halves, int low) {
        return (halves & 0xFFFF_FFFF_0000_0000L) | (low & 0xFFFF_FFFFL);
    }
}
