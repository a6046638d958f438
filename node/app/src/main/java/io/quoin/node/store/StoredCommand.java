package io.quoin.node.store;

import io.quoin.matching.Command;
import io.quoin.matching.CommandCodec;
import io.quoin.matching.MalformedMessage;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands in and out of a column of bytes, in the form in which they also go over the network. Stateless. */
final class StoredCommand {
    private StoredCommand() {}

    static byte[] write(Command command) {
        byte[] bytes = new byte[CommandCodec.MAX_LENGTH];
        return Arrays.copyOf(bytes, CommandCodec.encode(command, new UnsafeBuffer(bytes), 0));
    }

    /**
     * Reads a command.
     *
     * @throws IllegalStateException if the bytes are no command of this version: nothing else was ever stored
     */
    static Command read(byte[] bytes) {
        try {
            return CommandCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length);
        } catch (MalformedMessage e) {
            throw new IllegalStateException("a stored command cannot be read: " + e.getMessage(), e);
        }
    }
}
