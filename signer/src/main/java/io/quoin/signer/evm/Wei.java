package io.quoin.signer.evm;

import java.math.BigInteger;
import java.util.Objects;

/**
 * An amount of a chain's native coin, or a price of gas, in wei.
 *
 * @param value from 0 to 2^256-1
 */
public record Wei(BigInteger value) implements Comparable<Wei> {
    /** Nothing. */
    public static final Wei ZERO = new Wei(BigInteger.ZERO);

    /** Refuses a negative or too large amount with {@link IllegalArgumentException}. */
    public Wei {
        Objects.requireNonNull(value, "value");
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException("wei out of range 0 to 2^256-1: " + value);
        }
    }

    /** That many wei. */
    public static Wei of(long value) {
        return new Wei(BigInteger.valueOf(value));
    }

    /** That many gwei (10^9 wei). */
    public static Wei ofGwei(long gwei) {
        return new Wei(BigInteger.valueOf(gwei).multiply(BigInteger.valueOf(1_000_000_000L)));
    }

    /** The sum; throws {@link IllegalArgumentException} past 2^256-1. */
    public Wei plus(Wei other) {
        return new Wei(value.add(other.value));
    }

    /** This amount that many times; throws {@link IllegalArgumentException} out of range. */
    public Wei times(long factor) {
        return new Wei(value.multiply(BigInteger.valueOf(factor)));
    }

    /** Whether nothing. */
    public boolean isZero() {
        return value.signum() == 0;
    }

    @Override
    public int compareTo(Wei other) {
        return value.compareTo(other.value);
    }

    /** The number of wei in decimal. */
    @Override
    public String toString() {
        return value.toString();
    }
}
