package io.quoin.signer.keys;

import java.util.Objects;

/** A key could not be used; the message says what is wrong and what to do, never a secret. */
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** Where the key lives is not to be reached now; the same request may be tried again later. */
        AWAY,
        /** The PIN was refused, or trying it again could lock the token; nothing is tried until a person has looked. */
        LOGIN_REFUSED,
        /** There is no such key. */
        NO_SUCH_KEY,
        /** The key can be read out of where it lives, or is of another curve, so that it is not used. */
        UNSAFE_KEY,
        /** The provider made what is not this key's signature, or repeated a nonce; the key is stopped. */
        FAULTY,
        /** Where the key lives does not sign by the scheme that was asked for. */
        UNSUPPORTED,
        /** The key was closed. */
        CLOSED
    }

    private final Kind kind;

    /** A failure of that kind. */
    public KeyException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** A failure of that kind with its cause. */
    public KeyException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed later with nothing changed by a person. */
    public boolean isTemporary() {
        return kind == Kind.AWAY;
    }
}
