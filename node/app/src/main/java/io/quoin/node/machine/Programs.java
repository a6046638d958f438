package io.quoin.node.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds programs and asks them for a word. Stateless; safe to call from any thread. */
final class Programs {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Programs() {}

    /** What a program answered: its exit status and everything it printed. */
    record Answer(int status, String text) {
        String firstLine() {
            return text.replaceAll("\u001b\\[[0-9;]*m", "")
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    /** Returns where PATH finds a program. */
    static Optional<Path> find(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program) && !Files.isDirectory(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    /** Runs a program to its end; empty if it cannot be started or takes longer than 15 seconds. */
    static Optional<Answer> ask(String... command) {
        try {
            Path text = Files.createTempFile("quoin-doctor", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(text.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                return Optional.of(new Answer(process.exitValue(), Files.readString(text, StandardCharsets.UTF_8)));
            } finally {
                Files.deleteIfExists(text);
            }
        } catch (IOException _) {
            return Optional.empty(); // no such program, which is the answer
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
