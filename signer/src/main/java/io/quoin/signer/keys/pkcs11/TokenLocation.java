package io.quoin.signer.keys.pkcs11;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a key lies in a token.
 *
 * @param module the token's PKCS#11 module, a shared library
 * @param tokenLabel the token's label; no other token of the module may have the same
 * @param keyLabel the label of private and public key in the token
 */
public record TokenLocation(Path module, String tokenLabel, String keyLabel) {
    /** Refuses empty labels with {@link IllegalArgumentException}. */
    public TokenLocation {
        Objects.requireNonNull(module, "module");
        if (tokenLabel.isBlank() || keyLabel.isBlank()) {
            throw new IllegalArgumentException("a token and its key are named by labels that are not empty");
        }
    }

    /** The labels, for messages. */
    @Override
    public String toString() {
        return "key " + keyLabel + " in token " + tokenLabel;
    }
}
