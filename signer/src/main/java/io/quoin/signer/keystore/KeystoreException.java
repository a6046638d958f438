package io.quoin.signer.keystore;

import java.util.Objects;

/** A keystore or its password could not be used; the message says what is wrong and what to do, never a secret. */
public final class KeystoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** The file does not open with this password. */
        WRONG_PASSWORD,
        /** The file is not there. */
        MISSING,
        /** The file cannot be read, or is no Web3 Secret Storage v3 file. */
        UNREADABLE,
        /** The file cannot be written. */
        UNWRITABLE,
        /** A file is there already; a key is never overwritten. */
        EXISTS,
        /** Others than the owner may read the file. */
        EXPOSED,
        /** No password was given. */
        NO_PASSWORD
    }

    private final Kind kind;

    KeystoreException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    KeystoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
