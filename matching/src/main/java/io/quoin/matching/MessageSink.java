package io.quoin.matching;

import org.agrona.DirectBuffer;

/** Takes the messages of a snapshot, one after the other. */
@FunctionalInterface
public interface MessageSink {
    /**
     * Takes a message; its bytes are overwritten after the call.
     *
     * @param buffer where it is
     * @param offset where it begins, with its header
     * @param length how many bytes it has, header included
     */
    void accept(DirectBuffer buffer, int offset, int length);
}
