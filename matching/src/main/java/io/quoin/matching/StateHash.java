package io.quoin.matching;

/** FNV-1a, 64 bits, over a sequence of numbers, each as eight bytes with the lowest first. */
final class StateHash {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = OFFSET_BASIS;

    void add(long number) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (number >>> shift & 0xff)) * PRIME;
        }
    }

    long value() {
        return hash;
    }
}
