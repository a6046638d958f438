package io.quoin.chain.evm;

/** The chain's history changed below the cursor. */
final class HaltedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HaltedException(String message) {
        super(message);
    }
}
