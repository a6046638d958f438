package io.quoin.matching.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a forked JVM tells beside the time that JMH carries over.
 *
 * @param bytes allocated per command; of several replays, by the worst
 * @param p50 nanoseconds that half of the commands took at most
 * @param p99 the same of 99 in 100
 * @param p999 the same of 999 in 1,000
 * @param shape what the stream looks like
 * @param disagreement how the engine disagrees with the plain book, empty if it agrees
 */
record ForkReport(double bytes, long p50, long p99, long p999, String shape, String disagreement) {
    /** The system property that names the file for it. */
    static final String FILE = "quoin.bench.report";

    /** Tells a disagreement, after which there is nothing to measure. */
    static ForkReport disagreeing(String words) {
        return new ForkReport(Double.NaN, 0, 0, 0, "", words);
    }

    void write(Path file) {
        Properties lines = new Properties();
        lines.setProperty("bytes", Double.toString(bytes));
        lines.setProperty("p50", Long.toString(p50));
        lines.setProperty("p99", Long.toString(p99));
        lines.setProperty("p999", Long.toString(p999));
        lines.setProperty("shape", shape);
        lines.setProperty("disagreement", disagreement);
        try (Writer writer = Files.newBufferedWriter(file)) {
            lines.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what a fork told; empty if it told nothing. */
    static Optional<ForkReport> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        }
        return Optional.of(new ForkReport(
                Double.parseDouble(lines.getProperty("bytes")),
                Long.parseLong(lines.getProperty("p50")),
                Long.parseLong(lines.getProperty("p99")),
                Long.parseLong(lines.getProperty("p999")),
                lines.getProperty("shape"),
                lines.getProperty("disagreement")));
    }
}
