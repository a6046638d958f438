package io.quoin.testnet;

/** A local chain could not be started, used or stopped. The message says what, why, and what to do next. */
public final class TestnetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed, why, and the next step
     */
    public TestnetException(String message) {
        super(message);
    }

    /**
     * @param message what failed, why, and the next step
     * @param cause what the system said
     */
    public TestnetException(String message, Throwable cause) {
        super(message, cause);
    }
}
