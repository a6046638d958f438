package io.quoin.testnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The logs of chains that nobody named: each chain has its own, and of all only the newest stay. */
final class ChainLogs {
    /** How many logs stay beside a new one. */
    static final int KEPT = 20;

    private static final String PREFIX = "chain-";
    private static final String SUFFIX = ".log";

    private record Log(Path file, FileTime changed) {}

    private ChainLogs() {}

    /** The name of a new log. */
    static String newName(ChainEngine engine) {
        return "%s%s-%d-%d%s".formatted(PREFIX, engine, ProcessHandle.current().pid(), System.nanoTime(), SUFFIX);
    }

    /** Makes the log's folder if absent; if nobody named the log, deletes the oldest of its kind beside it. */
    static void makeRoom(Path logFile) throws IOException {
        Path folder = Objects.requireNonNull(logFile.toAbsolutePath().getParent(), "a log's folder");
        Files.createDirectories(folder);
        if (isOurs(logFile)) {
            deleteOldest(folder);
        }
    }

    private static void deleteOldest(Path folder) throws IOException {
        List<Log> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(ChainLogs::isOurs).toList()) {
                logs.add(new Log(file, changed(file)));
            }
        }
        logs.sort(Comparator.comparing(Log::changed).reversed());
        for (Log old : logs.subList(Math.min(KEPT, logs.size()), logs.size())) {
            Files.deleteIfExists(old.file());
        }
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /** When it was last written to; another program that starts a chain may have deleted it since it was listed. */
    private static FileTime changed(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException deleted) {
            return FileTime.fromMillis(0);
        }
    }
}
