package io.quoin.node.cli;

import java.io.Serial;

/** A command that could not do its work. Its message is for people: what failed, why, and what to do. */
public final class CommandFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes a failure.
     *
     * @param message what failed and why
     * @param next what to do about it
     */
    public CommandFailure(String message, String next) {
        super(message + System.lineSeparator() + "  " + next);
    }

    /**
     * Makes a failure with its cause, which goes to the log file only.
     *
     * @param message what failed and why
     * @param next what to do about it
     * @param cause what was thrown
     */
    public CommandFailure(String message, String next, Throwable cause) {
        super(message + System.lineSeparator() + "  " + next, cause);
    }
}
