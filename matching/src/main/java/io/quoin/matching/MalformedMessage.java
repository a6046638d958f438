package io.quoin.matching;

/**
 * Thrown by {@link CommandCodec}, {@link EventCodec} and {@link EngineRestore} for bytes that are no message of theirs;
 * says what is wrong.
 */
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
