package io.quoin.signer.journal;

import java.io.Serial;

/** The journal cannot be used. Its words say why and what to do. */
public final class JournalException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is the matter. */
    private final Kind kind;

    /** The kinds of trouble. */
    public enum Kind {
        /** It does not answer; whether a write took effect is unknown. Asking again with the same claim is right. */
        AWAY,
        /** Another signer took it over. This one must not sign any more. */
        FENCED,
        /** Another signer has it, and this one has not started. */
        HELD,
        /** It is older than its checkpoint, or another journal: it must not be used. */
        ROLLED_BACK,
        /** What was to be imported is damaged, or contradicts it. Nothing was imported. */
        NOT_IMPORTED
    }

    /** Makes one, with words for people. */
    public JournalException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Makes one with its cause. */
    public JournalException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is the matter. */
    public Kind kind() {
        return kind;
    }
}
