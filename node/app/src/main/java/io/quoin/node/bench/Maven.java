package io.quoin.node.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Maven, for what is not part of the node but of other modules' tests. It runs on this process's Java, since not every
 * plugin takes the toolchain's.
 *
 * @param home the folder of the clone, in which it runs
 * @param log takes all that it says
 */
record Maven(Path home, Path log) {
    /**
     * Runs it to its end.
     *
     * @param line takes each line that it prints
     * @return its exit status
     * @throws BenchFailure if it cannot be started
     */
    int run(List<String> arguments, Consumer<String> line) throws IOException, InterruptedException {
        return run("mvn", arguments, line);
    }

    int run(String program, List<String> arguments, Consumer<String> line) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(program, "--batch-mode", "--no-transfer-progress", "-Dquoin.format.skip=true"));
        command.addAll(arguments);
        Files.createDirectories(log.toAbsolutePath().getParent());
        try (BufferedWriter writer = Files.newBufferedWriter(log)) {
            ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            return start(builder, read -> {
                write(writer, read);
                line.accept(read);
            });
        }
    }

    private static int start(ProcessBuilder builder, Consumer<String> line) throws InterruptedException {
        try {
            return new ChildProcess(builder).run(line);
        } catch (IOException e) {
            throw new BenchFailure(
                    "this is among the tests of another module, which Maven compiles, and Maven cannot be"
                            + " started (" + e.getMessage() + "). ./quoin doctor says how to install it.");
        }
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
