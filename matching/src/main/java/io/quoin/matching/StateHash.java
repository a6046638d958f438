package io.quoin.matching;

import org.agrona.DirectBuffer;

/** FNV-1a, 64 bits (Fowler, Noll, Vo), over the messages of a snapshot. */
final class StateHash implements MessageSink {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int BYTE = 0xff;

    private long hash = OFFSET_BASIS;
    private long messages;

    @Override
    public void accept(DirectBuffer buffer, int offset, int length) {
        long value = hash;
        for (int at = offset; at < offset + length; at++) {
            value = (value ^ (buffer.getByte(at) & BYTE)) * PRIME;
        }
        hash = value;
        messages++;
    }

    long value() {
        return hash;
    }

    long messages() {
        return messages;
    }
}
