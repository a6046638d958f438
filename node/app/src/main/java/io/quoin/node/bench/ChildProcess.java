package io.quoin.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A process that is ended, with all that it started, when this one ends, whichever way. */
final class ChildProcess {
    private final ProcessBuilder builder;

    /** Takes a builder, from whose environment the node's secrets are removed. */
    ChildProcess(ProcessBuilder builder) {
        this.builder = builder.redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("QUOIN_KEYSTORE_PASSWORD", "QUOIN_DB_URL"));
    }

    /**
     * Runs it to its end.
     *
     * @param line takes each line that it prints
     * @return its exit status
     * @throws IOException if it cannot be started
     */
    int run(Consumer<String> line) throws IOException, InterruptedException {
        Process process = builder.start();
        Thread hook = new Thread(() -> end(process), "ending-benchmark");
        Runtime.getRuntime().addShutdownHook(hook);
        try (BufferedReader output = process.inputReader()) {
            for (String read = output.readLine(); read != null; read = output.readLine()) {
                line.accept(read);
            }
            return process.waitFor();
        } finally {
            end(process);
            forget(hook);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // this process is on its way down; the hook finds nothing left to end
        }
    }
}
