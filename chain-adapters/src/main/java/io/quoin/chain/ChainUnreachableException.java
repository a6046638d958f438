package io.quoin.chain;

/** The chain's RPC gave no usable answer in time; asking again later may help. */
public final class ChainUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which URL (without credentials) failed and how. */
    public ChainUnreachableException(String message) {
        super(message);
    }

    /** Says which URL (without credentials) failed and how, with the cause. */
    public ChainUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
