package io.quoin.signer.keys;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A point of secp256k1 in its compressed form (SEC 1 §2.3.3): 02 or 03 for the parity of y, then x. That it lies on the
 * curve is found by {@link Curve}, not here. Immutable.
 */
public final class CompressedPublicKey {
    /** Bytes of the form. */
    public static final int LENGTH = 33;

    private final byte[] bytes;

    private CompressedPublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Those bytes, copied; throws {@link IllegalArgumentException} unless they are 33 and start with 02 or 03. */
    public static CompressedPublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH || (bytes[0] != 2 && bytes[0] != 3)) {
            throw new IllegalArgumentException("a compressed public key is 33 bytes that start with 02 or 03");
        }
        return new CompressedPublicKey(bytes.clone());
    }

    /** A new array of the 33 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompressedPublicKey key && Arrays.equals(bytes, key.bytes);
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
