package io.quoin.matching;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/** Snapshots as lists of messages, for tests to spoil. */
final class Snapshots {
    private static final int BLOCK_LENGTH = 0; // where it stands in a header

    private Snapshots() {}

    static List<byte[]> of(Engine engine) {
        List<byte[]> messages = new ArrayList<>();
        engine.snapshot((buffer, offset, length) -> {
            byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            messages.add(message);
        });
        return messages;
    }

    static Engine restore(List<byte[]> messages, long salt) {
        EngineRestore restore = new EngineRestore(salt);
        messages.forEach(message -> restore.accept(new UnsafeBuffer(message), 0, message.length));
        return restore.engine().orElseThrow();
    }

    /** An engine made from the snapshot of another. */
    static Engine copy(Engine engine, long salt) {
        return restore(of(engine), salt);
    }

    /** The bytes of all messages, one behind the other. */
    static byte[] joined(List<byte[]> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        messages.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** The messages in a test resource that has them one behind the other. */
    static List<byte[]> read(String resource) {
        try (InputStream in = Objects.requireNonNull(Snapshots.class.getResourceAsStream(resource), resource)) {
            UnsafeBuffer bytes = new UnsafeBuffer(in.readAllBytes());
            List<byte[]> messages = new ArrayList<>();
            for (int at = 0; at < bytes.capacity(); at += messages.getLast().length) {
                byte[] message = new byte[MessageFrame.HEADER_LENGTH + bytes.getShort(at + BLOCK_LENGTH)];
                bytes.getBytes(at, message);
                messages.add(message);
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
