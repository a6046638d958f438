package io.quoin.node;

/** A node that does not start, with what was wrong and what to do, for the operator. */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes a refusal. */
    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes a refusal. */
    public StartRefused(String message) {
        super(message);
    }
}
