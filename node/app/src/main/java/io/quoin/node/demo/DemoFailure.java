package io.quoin.node.demo;

import java.io.Serial;

/** The demonstration cannot go on. The message says what failed, why, and what to do. */
public final class DemoFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
