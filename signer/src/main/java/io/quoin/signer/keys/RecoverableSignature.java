package io.quoin.signer.keys;

import io.quoin.signer.evm.Bytes32;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An ECDSA signature over secp256k1 with a low s and the id by which the key is recovered (SEC 1 §4.1.6). Immutable.
 */
public final class RecoverableSignature {
    private static final int WORD = 32;

    private final byte[] rs;
    private final int recoveryId;

    RecoverableSignature(EcdsaSignature low, int recoveryId) {
        if (low.isHighS()) {
            throw new IllegalArgumentException("a signature's s must be low");
        }
        if (recoveryId < 0 || recoveryId > 3) {
            throw new IllegalArgumentException("a recovery id is from 0 to 3, not " + recoveryId);
        }
        this.rs = low.bytes();
        this.recoveryId = recoveryId;
    }

    /** r. */
    public Bytes32 r() {
        return Bytes32.of(Arrays.copyOf(rs, WORD));
    }

    /** s, at most half of the curve's order. */
    public Bytes32 s() {
        return Bytes32.of(Arrays.copyOfRange(rs, WORD, 2 * WORD));
    }

    /** From 0 to 3; 2 and 3 say that r wrapped around the order, which happens to one signature in 2^127. */
    public int recoveryId() {
        return recoveryId;
    }

    /** A new array of r and s. */
    public byte[] bytes() {
        return rs.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoverableSignature signature
                && recoveryId == signature.recoveryId
                && Arrays.equals(rs, signature.rs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rs) + recoveryId;
    }

    /** r, s and the id in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(rs) + HexFormat.of().toHexDigits((byte) recoveryId);
    }
}
