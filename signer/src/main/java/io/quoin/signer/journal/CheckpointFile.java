package io.quoin.signer.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import io.quoin.signer.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How far the journal has come, kept away from its database, at best on another host's disk: a database that was put back
 * from an old copy is found out by it.
 *
 * <p>Two lines of one length, written in turn and forced to disk, each with a checksum: a write that a crash cut leaves the
 * other line. Not thread-safe: the journal's one writer owns it.
 */
public final class CheckpointFile implements AutoCloseable {
    private static final String FORM = "quoin-checkpoint %s %019d %s ";
    private static final int LINE =
            FORM.formatted(new UUID(0, 0), 0L, Bytes32.ZERO).length() + 64 + 1;

    private final Path file;
    private final FileChannel channel;

    private CheckpointFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the file against the journal as it is now, and makes it for a journal that was never written.
     *
     * @throws JournalException of kind {@code ROLLED_BACK} if the journal is older than the file says, or another one, or
     *     the file is missing though the journal was written
     * @throws IOException if the file cannot be read or written
     */
    public static CheckpointFile open(Path file, JournalPosition journal) throws IOException {
        Optional<JournalPosition> known = read(file);
        if (known.isEmpty() && journal.version() > 0) {
            throw new JournalException(
                    Kind.ROLLED_BACK,
                    "the journal's checkpoint file " + file + " is missing or empty, but the journal was written "
                            + journal.version()
                            + " times: bring the file back from where it is kept. Only if it is lost"
                            + " for good, and the database is known to be the latest, let the journal be adopted");
        }
        known.ifPresent(checkpoint -> require(file, checkpoint, journal));
        return begin(file, journal, false);
    }

    /**
     * As {@link #open}, but takes the journal's word for it. For an operator who knows that the database is the latest.
     *
     * @throws IOException if the file cannot be written
     */
    public static CheckpointFile adopt(Path file, JournalPosition journal) throws IOException {
        return begin(file, journal, true);
    }

    private static CheckpointFile begin(Path file, JournalPosition journal, boolean forgetting) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("no directory to write to: " + file);
        }
        Files.createDirectories(directory);
        var opened =
                new CheckpointFile(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            if (forgetting) {
                opened.channel.truncate(0);
            }
            opened.write(journal);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** The latest position that the file knows; empty if there is no file or no whole line in it. */
    public static Optional<JournalPosition> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), US_ASCII);
        return Stream.of(0, LINE)
                .filter(start -> text.length() >= start + LINE)
                .map(start -> position(text.substring(start, start + LINE)))
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(JournalPosition::version));
    }

    /**
     * Writes a later position and forces it to disk.
     *
     * @throws IOException if that fails; the journal must then not be used on
     */
    public void write(JournalPosition position) throws IOException {
        String facts = FORM.formatted(position.journal(), position.version(), position.digest());
        ByteBuffer line = ByteBuffer.wrap((facts + sum(facts) + "\n").getBytes(US_ASCII));
        long start = position.version() % 2 * LINE;
        while (line.hasRemaining()) {
            channel.write(line, start + line.position());
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static void require(Path file, JournalPosition checkpoint, JournalPosition journal) {
        if (!checkpoint.journal().equals(journal.journal())) {
            throw rolledBack("it is another journal (" + journal.journal() + ") than the one that " + file
                    + " belongs to (" + checkpoint.journal() + ")");
        }
        if (checkpoint.version() > journal.version()) {
            throw rolledBack("it was written " + journal.version() + " times, but " + file + " knows of "
                    + checkpoint.version() + ": this database is an old copy");
        }
        if (checkpoint.version() == journal.version() && !checkpoint.digest().equals(journal.digest())) {
            throw rolledBack("at version " + journal.version() + " it holds other rows than " + file
                    + " vouches for: this database took another way");
        }
    }

    private static Optional<JournalPosition> position(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != 5 || !line.endsWith("\n")) {
            return Optional.empty();
        }
        String facts = line.substring(0, line.lastIndexOf(' ') + 1);
        if (!sum(facts).equals(words[4])) {
            return Optional.empty();
        }
        return Optional.of(
                new JournalPosition(UUID.fromString(words[1]), Long.parseLong(words[2]), new Bytes32(words[3])));
    }

    private static String sum(String facts) {
        return Fingerprint.sha256(facts.getBytes(US_ASCII)).hex().substring(2);
    }

    private static JournalException rolledBack(String why) {
        return new JournalException(
                Kind.ROLLED_BACK,
                "the journal must not be used: " + why
                        + ". Signing on it could sign a second payload for a slot. Restore the latest database.");
    }
}
