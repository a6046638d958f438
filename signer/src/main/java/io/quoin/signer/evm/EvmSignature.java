package io.quoin.signer.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A recoverable secp256k1 signature of 65 bytes, only in the form that the vault accepts (EIP-2: low s).
 *
 * @param r from 1 to n-1
 * @param s from 1 to n/2
 * @param v 27 or 28
 */
public record EvmSignature(Bytes32 r, Bytes32 s, int v) {
    /** Bytes of r, s and v. */
    public static final int LENGTH = 65;

    private static final BigInteger CURVE_ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final BigInteger HALF_CURVE_ORDER = CURVE_ORDER.shiftRight(1);
    private static final Pattern HEX_65 = Pattern.compile("0x[0-9a-f]{130}");

    /** Refuses zero or too large r or s, a high s, and any other v, with {@link IllegalArgumentException}. */
    public EvmSignature {
        Objects.requireNonNull(r, "r");
        Objects.requireNonNull(s, "s");
        if (r.isZero() || s.isZero()) {
            throw new IllegalArgumentException("signature: r and s must not be zero");
        }
        if (number(r).compareTo(CURVE_ORDER) >= 0) {
            throw new IllegalArgumentException("signature: r is not below the curve order");
        }
        if (number(s).compareTo(HALF_CURVE_ORDER) > 0) {
            throw new IllegalArgumentException("signature: s is in the upper half, only its low form is accepted");
        }
        if (v != 27 && v != 28) {
            throw new IllegalArgumentException("signature: v must be 27 or 28, is " + v);
        }
    }

    /** Reads {@code 0x} and 65 bytes r, s, v; throws {@link IllegalArgumentException} for anything not allowed. */
    public static EvmSignature parse(String text) {
        String hex = text.toLowerCase(Locale.ROOT);
        if (!HEX_65.matcher(hex).matches()) {
            throw new IllegalArgumentException("signature: 0x and 65 bytes in hexadecimal expected");
        }
        Bytes32 r = new Bytes32("0x" + hex.substring(2, 66));
        Bytes32 s = new Bytes32("0x" + hex.substring(66, 130));
        return new EvmSignature(r, s, HexFormat.fromHexDigits(hex, 130, 132));
    }

    /** {@code 0x} and the 65 bytes r, s, v. */
    public String toHex() {
        return r.hex() + s.hex().substring(2) + HexFormat.of().toHexDigits((byte) v);
    }

    /** The 65 bytes r, s, v in a new array. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(toHex(), 2, 132);
    }

    /** The 64 bytes of EIP-2098 in a new array: r, then s with the parity of y in its highest bit. */
    public byte[] compact() {
        byte[] compact = Arrays.copyOf(bytes(), LENGTH - 1);
        if (v == 28) {
            compact[32] |= (byte) 0x80;
        }
        return compact;
    }

    /** Reads those 64 bytes; throws {@link IllegalArgumentException} for another number of them or for no signature. */
    public static EvmSignature ofCompact(byte[] compact) {
        if (compact.length != LENGTH - 1) {
            throw new IllegalArgumentException("signature: 64 bytes expected, got " + compact.length);
        }
        byte[] s = Arrays.copyOfRange(compact, 32, LENGTH - 1);
        int v = (s[0] & 0x80) == 0 ? 27 : 28;
        s[0] &= 0x7f;
        return new EvmSignature(Bytes32.of(Arrays.copyOf(compact, 32)), Bytes32.of(s), v);
    }

    private static BigInteger number(Bytes32 word) {
        return new BigInteger(1, word.bytes());
    }
}
