package io.quoin.signer.evm;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A word of 32 bytes: a hash, a digest, an escrow id.
 *
 * @param hex {@code 0x} and 64 lower-case hexadecimal digits
 */
public record Bytes32(String hex) {
    private static final Pattern CANONICAL = Pattern.compile("0x[0-9a-f]{64}");

    /** Thirty-two zero bytes. */
    public static final Bytes32 ZERO = new Bytes32("0x" + "0".repeat(64));

    /** Takes the canonical form only; throws {@link IllegalArgumentException} for anything else. */
    public Bytes32 {
        Objects.requireNonNull(hex, "hex");
        if (!CANONICAL.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 0x and 64 lower-case hexadecimal digits: " + hex);
        }
    }

    /** Those bytes; throws {@link IllegalArgumentException} unless there are exactly 32. */
    public static Bytes32 of(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("32 bytes expected, got " + bytes.length);
        }
        return new Bytes32("0x" + HexFormat.of().formatHex(bytes));
    }

    /** Reads {@code 0x} and 64 hexadecimal digits of any case; throws {@link IllegalArgumentException} otherwise. */
    public static Bytes32 parse(String text) {
        return new Bytes32(text.toLowerCase(Locale.ROOT));
    }

    /** A new array of the 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    /** Whether all bytes are zero. */
    public boolean isZero() {
        return equals(ZERO);
    }

    /** The canonical form. */
    @Override
    public String toString() {
        return hex;
    }
}
