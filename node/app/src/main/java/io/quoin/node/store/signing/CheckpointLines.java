package io.quoin.node.store.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quoin.signer.audit.AuditCheckpoint;
import io.quoin.signer.audit.AuditException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that checkpoints are exported to, one line each, appended and forced to disk; at best on another host's disk. A
 * last line that a crash cut is passed over. Stateless.
 */
public final class CheckpointLines {
    private CheckpointLines() {}

    /** Appends one. */
    static void append(Path file, AuditCheckpoint checkpoint) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        ByteBuffer line = ByteBuffer.wrap((checkpoint.line() + "\n").getBytes(US_ASCII));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(whole(file));
            channel.position(channel.size());
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    /**
     * Reads all of them.
     *
     * @throws AuditException for a whole line that is no checkpoint
     * @throws IOException if the file cannot be read
     */
    public static List<AuditCheckpoint> read(Path file) throws IOException {
        List<AuditCheckpoint> checkpoints = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, US_ASCII);
        for (int i = 0; i < lines.size(); i++) {
            try {
                checkpoints.add(AuditCheckpoint.parse(lines.get(i)));
            } catch (AuditException e) {
                boolean isCut = i == lines.size() - 1 && !endsLine(file);
                if (!isCut) {
                    throw new AuditException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return List.copyOf(checkpoints);
    }

    private static boolean endsLine(Path file) throws IOException {
        return whole(file) == Files.size(file);
    }

    /** How many bytes of the file are whole lines. */
    private static long whole(Path file) throws IOException {
        return Files.readString(file, US_ASCII).lastIndexOf('\n') + 1L;
    }
}
