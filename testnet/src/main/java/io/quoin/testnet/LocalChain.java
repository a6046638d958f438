package io.quoin.testnet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A local chain in a process of its own, listening on 127.0.0.1 only.
 *
 * <p>It mines a block per block time, holds the {@link DevAccount}s' ether, and forgets everything when it ends. It
 * never outlives this JVM unless started for a detached testnet. Safe for use by several threads.
 */
public final class LocalChain implements AutoCloseable {
    /** The chain id of every local chain. */
    public static final long CHAIN_ID = 31_337;

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final int FREE_PORT_TRIES = 3;
    private static final int LOG_TAIL_LINES = 20;

    private final Process process;
    private final URI rpcUrl;
    private final Thread hook;

    private LocalChain(Process process, URI rpcUrl) {
        this.process = process;
        this.rpcUrl = rpcUrl;
        this.hook =
                new Thread(() -> ProcessTree.end(process.toHandle(), STOP_TIMEOUT), "end-local-chain-" + process.pid());
        endWithThisJvm();
    }

    /** Without the hook the chain would outlive a JVM that is told to end while the chain starts. */
    private void endWithThisJvm() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            ProcessTree.end(process.toHandle(), STOP_TIMEOUT);
            throw new TestnetException("This program is ending; no chain is started.", e);
        }
    }

    /**
     * Starts a chain and returns when it answers. It ends with {@link #close}, at the latest with this JVM.
     *
     * @throws TestnetException if the engine is not installed, the port is in use, or the engine ends or stays mute
     */
    public static LocalChain start(LocalChainOptions options) {
        return start(options, false);
    }

    /** As {@link #start}, but from {@link #letGo} on the chain lives on when this JVM ends. */
    static LocalChain startDetached(LocalChainOptions options) {
        return start(options, true);
    }

    /** No longer ends the chain with this JVM; whoever calls this has noted its process. */
    void letGo() {
        unhook();
    }

    /** Where the chain answers JSON-RPC. */
    public URI rpcUrl() {
        return rpcUrl;
    }

    /** The chain id, {@link #CHAIN_ID}. */
    public long chainId() {
        return CHAIN_ID;
    }

    /** The accounts that have ether from the start. */
    public List<DevAccount> accounts() {
        return DevAccount.all();
    }

    /** The engine's process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the engine and every process it started, and waits for their end. Does nothing the second time. */
    @Override
    public void close() {
        ProcessTree.end(process.toHandle(), STOP_TIMEOUT);
        unhook();
    }

    private static LocalChain start(LocalChainOptions options, boolean detached) {
        if (options.port() != 0) {
            refuseUsedPort(options.port());
            return startOn(options, options.port(), detached);
        }
        // Between finding a free port and the engine's binding it, another process may take it.
        for (int tried = 1; ; tried++) {
            int port = freePort();
            try {
                return startOn(options, port, detached);
            } catch (TestnetException e) {
                if (tried == FREE_PORT_TRIES || !isUsed(port)) {
                    throw e;
                }
            }
        }
    }

    private static LocalChain startOn(LocalChainOptions options, int port, boolean detached) {
        EngineCommand command = EngineCommand.of(options, port, !detached);
        URI rpcUrl = URI.create("http://127.0.0.1:" + port);
        LocalChain chain = new LocalChain(launch(command, options.logFile(), detached), rpcUrl);
        try {
            chain.awaitReady(options);
            return chain;
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    private static Process launch(EngineCommand command, Path logFile, boolean detached) {
        ProcessBuilder builder = ChildProcess.builder(command.command())
                .directory(command.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(logFile.toFile());
        if (detached) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        builder.environment().putAll(command.environment());
        try {
            ChainLogs.makeRoom(logFile);
            return builder.start();
        } catch (IOException e) {
            throw new TestnetException(
                    "%s does not start: %s".formatted(command.command().getFirst(), e.getMessage()), e);
        }
    }

    private void awaitReady(LocalChainOptions options) {
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        JsonRpc.use(rpcUrl, web3j -> {
            while (!JsonRpc.answers(web3j, CHAIN_ID)) {
                requireHope(options, deadline);
            }
            return true;
        });
    }

    /** Waits a moment; fails if the engine ended meanwhile, or has had all the time it gets. */
    private void requireHope(LocalChainOptions options, long deadline) {
        if (endsWithin(POLL)) {
            throw new TestnetException("%s ended with status %d before it answered at %s.%n%s"
                    .formatted(options.engine(), process.exitValue(), rpcUrl, tail(options.logFile())));
        }
        if (System.nanoTime() > deadline) {
            throw new TestnetException("%s runs but does not answer at %s within %d s.%n%s"
                    .formatted(options.engine(), rpcUrl, READY_TIMEOUT.toSeconds(), tail(options.logFile())));
        }
    }

    private boolean endsWithin(Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new TestnetException("The end of process %d cannot be watched.".formatted(process.pid()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestnetException("Interrupted while the chain was starting.", e);
        }
    }

    private static String tail(Path logFile) {
        try (Stream<String> lines = Files.lines(logFile)) {
            List<String> all = lines.toList();
            List<String> last = all.subList(Math.max(0, all.size() - LOG_TAIL_LINES), all.size());
            return "The end of %s:%n%s".formatted(logFile, String.join(System.lineSeparator(), last));
        } catch (IOException | UncheckedIOException e) {
            return "Its log %s cannot be read: %s".formatted(logFile, e.getMessage());
        }
    }

    private static void refuseUsedPort(int port) {
        if (isUsed(port)) {
            throw new TestnetException(
                    "Port %d on 127.0.0.1 is in use. Stop what listens there, or choose another (0 picks a free one)."
                            .formatted(port));
        }
    }

    private static boolean isUsed(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new TestnetException("No free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private void unhook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook runs, and finds the process ended.
            return;
        }
    }
}
