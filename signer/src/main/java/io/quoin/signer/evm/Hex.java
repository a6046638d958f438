package io.quoin.signer.evm;

import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Bytes of any length as a value: calldata, a raw transaction.
 *
 * @param text {@code 0x} and an even number of lower-case hexadecimal digits
 */
public record Hex(String text) {
    private static final Pattern CANONICAL = Pattern.compile("0x([0-9a-f]{2})*+");

    /** No bytes. */
    public static final Hex EMPTY = new Hex("0x");

    /** Takes the canonical form only; throws {@link IllegalArgumentException} for anything else. */
    public Hex {
        Objects.requireNonNull(text, "text");
        if (!CANONICAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not 0x and an even number of lower-case hexadecimal digits");
        }
    }

    /** Those bytes. */
    public static Hex of(byte[] bytes) {
        return new Hex("0x" + HexFormat.of().formatHex(bytes));
    }

    /** A new array of the bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    /** The number of bytes. */
    public int size() {
        return text.length() / 2 - 1;
    }

    /** The canonical form. */
    @Override
    public String toString() {
        return text;
    }
}
