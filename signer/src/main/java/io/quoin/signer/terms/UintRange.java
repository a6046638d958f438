package io.quoin.signer.terms;

import java.math.BigInteger;

/** Range checks for the Solidity unsigned integers of the signed types. */
final class UintRange {
    private UintRange() {}

    static void check(String field, BigInteger value, int bits) {
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw new IllegalArgumentException(field + " does not fit uint" + bits + ": " + value);
        }
    }

    static void check(String field, long value, int bits) {
        check(field, BigInteger.valueOf(value), bits);
    }
}
