package io.quoin.signer.approval;

import java.util.regex.Pattern;

/**
 * A person who may ask or approve.
 *
 * @param value 1 to 60 of lower-case letters, digits and {@code . _ @ -}
 */
public record ApproverName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9._@-]{1,60}");

    /** Refuses other names with {@link IllegalArgumentException}. */
    public ApproverName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "approver: 1 to 60 lower-case letters, digits and . _ @ - expected, not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
