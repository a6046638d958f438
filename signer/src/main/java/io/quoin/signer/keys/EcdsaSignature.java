package io.quoin.signer.keys;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * An ECDSA signature as a provider made it: s may be high, and which of the possible keys it recovers is a claim of the
 * provider or unknown. {@link SigningKey} turns it into a {@link RecoverableSignature} or refuses it. Immutable.
 */
public final class EcdsaSignature {
    /** Bytes of r and s together. */
    public static final int LENGTH = 64;

    private static final int WORD = 32;
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    private final byte[] rs;
    private final OptionalInt recoveryId;

    private EcdsaSignature(byte[] rs, OptionalInt recoveryId) {
        this.rs = rs;
        this.recoveryId = recoveryId;
    }

    /**
     * A signature of which only r and s are known.
     *
     * @param rs r and s, 32 bytes each, most significant first; copied
     * @throws IllegalArgumentException unless there are 64 bytes, and r and s from 1 to n-1
     */
    public static EcdsaSignature of(byte[] rs) {
        return checked(rs, OptionalInt.empty());
    }

    /**
     * A signature with the id, from 0 to 3, of the point that r was taken from.
     *
     * @param rs as for {@link #of(byte[])}
     */
    public static EcdsaSignature of(byte[] rs, int recoveryId) {
        if (recoveryId < 0 || recoveryId > 3) {
            throw new IllegalArgumentException("a recovery id is from 0 to 3, not " + recoveryId);
        }
        return checked(rs, OptionalInt.of(recoveryId));
    }

    private static EcdsaSignature checked(byte[] rs, OptionalInt recoveryId) {
        if (rs.length != LENGTH) {
            throw new IllegalArgumentException("a signature has 64 bytes, got " + rs.length);
        }
        if (!inRange(new BigInteger(1, rs, 0, WORD)) || !inRange(new BigInteger(1, rs, WORD, WORD))) {
            throw new IllegalArgumentException("a signature's r and s are from 1 to n-1");
        }
        return new EcdsaSignature(rs.clone(), recoveryId);
    }

    private static boolean inRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    /** Whether s is above half of the curve's order; EIP-2 and BIP-146 take only the other form. */
    public boolean isHighS() {
        return s().compareTo(HALF_ORDER) > 0;
    }

    /** The same signature with a low s: n - s stands for the mirrored point, so that the recovery id's parity turns. */
    EcdsaSignature lowS() {
        if (!isHighS()) {
            return this;
        }
        byte[] low = Arrays.copyOf(rs, LENGTH);
        byte[] s = ORDER.subtract(s()).toByteArray();
        Arrays.fill(low, WORD, LENGTH, (byte) 0);
        // Below half of the order, so that the sign's byte is never in the way.
        System.arraycopy(s, 0, low, LENGTH - s.length, s.length);
        return new EcdsaSignature(
                low, recoveryId.isPresent() ? OptionalInt.of(recoveryId.getAsInt() ^ 1) : OptionalInt.empty());
    }

    /** The id that the provider claims, if it knows one. */
    OptionalInt recoveryId() {
        return recoveryId;
    }

    /** A new array of r and s. */
    public byte[] bytes() {
        return rs.clone();
    }

    private BigInteger s() {
        return new BigInteger(1, rs, WORD, WORD);
    }
}
