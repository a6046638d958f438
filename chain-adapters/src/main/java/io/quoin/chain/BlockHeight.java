package io.quoin.chain;

/**
 * A block's number; the genesis block's is 0.
 *
 * @param value from 0 to 2^63-1
 */
public record BlockHeight(long value) implements Comparable<BlockHeight> {
    /** Refuses a negative number with {@link IllegalArgumentException}. */
    public BlockHeight {
        if (value < 0) {
            throw new IllegalArgumentException("negative block height: " + value);
        }
    }

    @Override
    public int compareTo(BlockHeight other) {
        return Long.compare(value, other.value);
    }

    /** The number in decimal. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
