package io.quoin.matching;

import org.agrona.concurrent.UnsafeBuffer;

/** Commands and events as bytes. */
final class Wire {
    private static final int VERSION = 6; // where it stands in a header

    private Wire() {}

    static byte[] bytes(Command command) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);
        byte[] bytes = new byte[CommandCodec.encode(command, buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** The bytes of an engine's events. */
    static byte[] apply(Engine engine, byte[] command) {
        byte[] events = new byte[engine.apply(new UnsafeBuffer(command), 0, command.length)];
        engine.events().getBytes(0, events);
        return events;
    }

    static byte[] apply(Engine engine, Command command) {
        return apply(engine, bytes(command));
    }

    /** A copy of a message as if another version had written it. */
    static byte[] ofVersion(byte[] message, int version) {
        byte[] other = message.clone();
        other[VERSION] = (byte) version;
        return other;
    }
}
