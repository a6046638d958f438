package io.quoin.node.demo.trader;

import java.io.Serial;

/** Something a trader asked for did not come about. The message says what was asked and what came back. */
public final class TraderException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TraderException(String message) {
        super(message);
    }

    TraderException(String message, Throwable cause) {
        super(message, cause);
    }
}
