package io.quoin.signer.evm;

/**
 * A sender's transaction number (EIP-2681).
 *
 * @param value from 0 to 2^63-2
 */
public record EvmNonce(long value) implements Comparable<EvmNonce> {
    /** Refuses a number out of range with {@link IllegalArgumentException}. */
    public EvmNonce {
        if (value < 0 || value == Long.MAX_VALUE) {
            throw new IllegalArgumentException("nonce out of range: " + value);
        }
    }

    /** The nonce after this one. */
    public EvmNonce next() {
        return new EvmNonce(value + 1);
    }

    @Override
    public int compareTo(EvmNonce other) {
        return Long.compare(value, other.value);
    }

    /** The number in decimal. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
