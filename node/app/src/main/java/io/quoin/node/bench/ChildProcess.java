package io.quoin.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** A process that is ended, with all that it started, when this one ends, whichever way. */
public final class ChildProcess {
    private static final List<String> SECRETS =
            List.of("QUOIN_KEYSTORE_PASSWORD", "QUOIN_DB_URL", "QUOIN_DEPLOYER_KEY");

    private final ProcessBuilder builder;

    /** Takes a builder, from whose environment the node's and the deployer's secrets are removed. */
    public ChildProcess(ProcessBuilder builder) {
        this.builder = builder;
        builder.environment().keySet().removeAll(SECRETS);
    }

    /** Hands one secret over to the process, because it cannot do its work without. */
    public ChildProcess withSecret(String variable, String value) {
        builder.environment().put(variable, value);
        return this;
    }

    /**
     * Runs it to its end.
     *
     * @param line takes each line that it prints
     * @return its exit status
     * @throws IOException if it cannot be started
     */
    int run(Consumer<String> line) throws IOException, InterruptedException {
        builder.redirectErrorStream(true);
        return run(line, line);
    }

    /**
     * Runs it to its end.
     *
     * @param line takes each line of its standard output
     * @param complaint takes each line of its standard error; called from another thread
     * @return its exit status
     * @throws IOException if it cannot be started
     */
    public int run(Consumer<String> line, Consumer<String> complaint) throws IOException, InterruptedException {
        Process process = builder.start();
        Thread hook = new Thread(() -> end(process), "ending-child");
        Runtime.getRuntime().addShutdownHook(hook);
        Thread complaints = Thread.ofVirtual().name("complaints").start(() -> read(process.errorReader(), complaint));
        try {
            read(process.inputReader(), line);
            complaints.join();
            return process.waitFor();
        } finally {
            end(process);
            forget(hook);
        }
    }

    private static void read(BufferedReader from, Consumer<String> line) {
        try (from) {
            for (String read = from.readLine(); read != null; read = from.readLine()) {
                line.accept(read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
