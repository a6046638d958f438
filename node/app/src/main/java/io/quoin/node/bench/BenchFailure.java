package io.quoin.node.bench;

import java.io.Serial;

/** What was to be measured does not work. The message says what, why, and what to do. */
public final class BenchFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }
}
