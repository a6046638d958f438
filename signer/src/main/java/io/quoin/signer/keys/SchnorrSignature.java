package io.quoin.signer.keys;

import java.util.Arrays;
import java.util.HexFormat;

/** A signature of BIP-340: the x of the nonce's point, then s. Immutable. */
public final class SchnorrSignature {
    /** Bytes of both. */
    public static final int LENGTH = 64;

    private final byte[] bytes;

    private SchnorrSignature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Those bytes, copied; throws {@link IllegalArgumentException} unless there are 64. */
    public static SchnorrSignature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a Schnorr signature has 64 bytes, got " + bytes.length);
        }
        return new SchnorrSignature(bytes.clone());
    }

    /** A new array of the 64 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchnorrSignature signature && Arrays.equals(bytes, signature.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
