package io.quoin.node.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One process at a time on a directory; the operating system gives the lock back however a process ends. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IOException if another process has it; the message names the process and what to do
     */
    static DirectoryLock take(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel = open(file);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("process " + Files.readString(file).strip() + " runs a database on " + directory
                    + "; stop that node, or give this one a directory of its own");
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        int written = channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
        if (written != pid.length()) {
            throw new IOException("cannot write " + file);
        }
        return new DirectoryLock(channel);
    }

    /** Returns whether a process, possibly this one, has the lock. */
    static boolean isHeld(Path directory) throws IOException {
        if (!Files.exists(directory.resolve("lock"))) {
            return false;
        }
        try (FileChannel channel = open(directory.resolve("lock"))) {
            return tryLock(channel) == null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held in this very process
        }
    }
}
