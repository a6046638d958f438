package io.quoin.signer.evm;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.web3j.crypto.Keys;

/**
 * An EVM account or contract address in its canonical form.
 *
 * @param hex {@code 0x} and 40 lower-case hexadecimal digits
 */
public record EvmAddress(String hex) {
    private static final Pattern CANONICAL = Pattern.compile("0x[0-9a-f]{40}");
    private static final Pattern ANY_CASE = Pattern.compile("0x[0-9a-fA-F]{40}");

    /** The address that nobody holds. */
    public static final EvmAddress ZERO = new EvmAddress("0x" + "0".repeat(40));

    /** Takes the canonical form only; throws {@link IllegalArgumentException} for anything else. */
    public EvmAddress {
        Objects.requireNonNull(hex, "hex");
        if (!CANONICAL.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 0x and 40 lower-case hexadecimal digits: " + hex);
        }
    }

    /**
     * Reads an address as people write it: all lower case, all upper case, or mixed case with a right EIP-55 checksum.
     * Throws {@link IllegalArgumentException} for anything else, a wrong checksum included.
     */
    public static EvmAddress of(String text) {
        if (!ANY_CASE.matcher(text).matches()) {
            throw new IllegalArgumentException("not an address (0x and 40 hexadecimal digits): " + text);
        }
        EvmAddress address = new EvmAddress(text.toLowerCase(Locale.ROOT));
        String digits = text.substring(2);
        boolean oneCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        if (!oneCase && !text.equals(address.checksummed())) {
            throw new IllegalArgumentException("wrong EIP-55 checksum, was the address copied whole? " + text);
        }
        return address;
    }

    /** The mixed-case form of EIP-55. */
    public String checksummed() {
        return Keys.toChecksumAddress(hex);
    }

    /** Whether this is the zero address. */
    public boolean isZero() {
        return equals(ZERO);
    }

    /** The canonical form. */
    @Override
    public String toString() {
        return hex;
    }
}
