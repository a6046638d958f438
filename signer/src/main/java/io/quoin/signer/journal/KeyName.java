package io.quoin.signer.journal;

import java.util.regex.Pattern;

/**
 * A signing key's name, which is no secret: its address, or what the operator calls it.
 *
 * @param value 1 to 80 of letters, digits and {@code . _ : -}
 */
public record KeyName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:-]{1,80}");

    /** Refuses other names with {@link IllegalArgumentException}. */
    public KeyName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "key name: 1 to 80 letters, digits and . _ : - expected, not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
