package io.quoin.testnet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A testnet that lives on after the program that started it, one for each project folder.
 *
 * <p>A manifest in {@code .quoin/testnet.json} says what runs; a process is stopped only if both its id and its start
 * time are the noted ones. Not for use by two programs at once.
 */
public final class LocalTestnet {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    /** Systems round a process's start differently from call to call. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private LocalTestnet() {}

    /**
     * Starts a chain and deploys the contracts; if the same testnet runs already, leaves it as it is.
     *
     * @param progress receives a line for each step
     * @return what runs now
     * @throws TestnetException if a testnet with another engine or operator runs, or this one does not start
     */
    public static TestnetManifest up(UpOptions options, Consumer<String> progress) {
        return switch (status(options.home())) {
            case TestnetStatus.Up(TestnetManifest manifest) -> reuse(options, manifest, progress);
            case TestnetStatus.Broken(TestnetManifest manifest, String reason) -> {
                progress.accept("The earlier testnet is of no use (%s): replacing it".formatted(reason));
                stop(options.home(), manifest);
                yield start(options, progress);
            }
            case TestnetStatus.Down() -> start(options, progress);
        };
    }

    /** Whether a testnet runs for this project folder, and answers. */
    public static TestnetStatus status(Path home) {
        return new ManifestFile(home).read().map(LocalTestnet::examine).orElseGet(TestnetStatus.Down::new);
    }

    /**
     * Stops the testnet, if one runs, and forgets it.
     *
     * @return whether there was one
     */
    public static boolean down(Path home) {
        Optional<TestnetManifest> manifest = new ManifestFile(home).read();
        manifest.ifPresent(known -> stop(home, known));
        return manifest.isPresent();
    }

    private static TestnetManifest reuse(UpOptions options, TestnetManifest running, Consumer<String> progress) {
        boolean same = running.engine() == options.engine()
                && !running.docker()
                && running.deployment().operator().equalsIgnoreCase(options.operatorAddress())
                && (options.port() == 0 || options.port() == running.rpcUrl().getPort());
        if (!same) {
            throw new TestnetException(
                    "Another testnet runs at %s (%s, operator %s). Stop it first: ./quoin testnet down"
                            .formatted(
                                    running.rpcUrl(),
                                    running.docker() ? "Docker" : running.engine(),
                                    running.deployment().operator()));
        }
        progress.accept("A testnet runs already at " + running.rpcUrl());
        return running;
    }

    private static TestnetManifest start(UpOptions options, Consumer<String> progress) {
        Path logFile = options.home().resolve(".quoin").resolve("log").resolve("testnet.log");
        progress.accept("Starting %s".formatted(options.engine()));
        LocalChain chain = LocalChain.startDetached(
                new LocalChainOptions(options.engine(), options.port(), options.blockTime(), logFile, options.home()));
        try {
            progress.accept("%s answers at %s; deploying the contracts".formatted(options.engine(), chain.rpcUrl()));
            Deployment deployment =
                    ContractDeployer.deploy(chain.rpcUrl(), chain.accounts().getFirst(), options.operatorAddress());
            TestnetManifest manifest = new TestnetManifest(
                    options.engine(),
                    chain.process().pid(),
                    chain.process().info().startInstant().orElse(Instant.EPOCH),
                    chain.rpcUrl(),
                    logFile.toString(),
                    deployment);
            new ManifestFile(options.home()).write(manifest);
            chain.letGo();
            progress.accept("Escrow vault at %s".formatted(deployment.vault()));
            return manifest;
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    private static TestnetStatus examine(TestnetManifest manifest) {
        if (!manifest.docker() && processOf(manifest).isEmpty()) {
            return new TestnetStatus.Broken(manifest, "process %d has ended".formatted(manifest.pid()));
        }
        if (!JsonRpc.answers(manifest.rpcUrl(), manifest.deployment().chainId())) {
            return new TestnetStatus.Broken(manifest, "nothing answers at %s".formatted(manifest.rpcUrl()));
        }
        if (!JsonRpc.hasCode(manifest.rpcUrl(), manifest.deployment().vault())) {
            return new TestnetStatus.Broken(manifest, "the chain has no vault; it was restarted");
        }
        return new TestnetStatus.Up(manifest);
    }

    private static void stop(Path home, TestnetManifest manifest) {
        if (manifest.docker()) {
            DockerTestnet.composeDown(home);
        } else {
            processOf(manifest).ifPresent(process -> ProcessTree.end(process, STOP_TIMEOUT));
        }
        new ManifestFile(home).delete();
    }

    /**
     * The noted process, unless it ended; another one that got its id since is not it. Where the system tells no start
     * time there is no proof, and no process is taken for ours.
     */
    private static Optional<ProcessHandle> processOf(TestnetManifest manifest) {
        return ProcessHandle.of(manifest.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> isClose(start, manifest.processStart()))
                        .isPresent());
    }

    private static boolean isClose(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(START_TOLERANCE) <= 0;
    }
}
