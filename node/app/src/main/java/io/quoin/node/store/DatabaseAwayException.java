package io.quoin.node.store;

/** The database did not answer. Whether a write took effect is unknown to who gets this from a write. */
public final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAwayException(Throwable cause) {
        super("the database does not answer: " + cause.getMessage(), cause);
    }
}
