package io.quoin.testnet;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The testnet in Docker, by {@code testnet/compose.yaml}: Hardhat's node at 127.0.0.1:8545 and bitcoind (regtest) at
 * 127.0.0.1:18443. {@link LocalTestnet#status} and {@link LocalTestnet#down} serve it too.
 */
public final class DockerTestnet {
    private static final URI RPC_URL = URI.create("http://127.0.0.1:8545");
    private static final String WITHOUT = "or do without Docker: ./quoin testnet up";

    private DockerTestnet() {}

    /**
     * Builds the images, starts the containers, waits until they are healthy, and deploys the contracts.
     *
     * @param home the project's folder
     * @param operatorAddress who may lock and release in the vault that is deployed
     * @param progress receives a line for each step
     * @throws TestnetException if there is no Docker, or a client without an engine, or the containers do not come up
     */
    public static TestnetManifest up(Path home, String operatorAddress, Consumer<String> progress) {
        return up(home, operatorAddress, progress, "docker");
    }

    /** As {@link #up}, with the client's name or path, which tests choose. */
    static TestnetManifest up(Path home, String operatorAddress, Consumer<String> progress, String client) {
        requireEngine(client);
        makeRoom(home);
        progress.accept("Building the images and starting the containers; the first time takes minutes");
        Instant start = Instant.now();
        compose(home, client, "up", "--detach", "--build", "--wait");
        progress.accept("Containers are healthy; deploying the contracts");
        Deployment deployment =
                ContractDeployer.deploy(RPC_URL, DevAccount.all().getFirst(), operatorAddress);
        TestnetManifest manifest = TestnetManifest.inDocker(RPC_URL, start, deployment);
        new ManifestFile(home).write(manifest);
        return manifest;
    }

    /** Stops and removes the containers with what they stored. */
    static void composeDown(Path home) {
        compose(home, "docker", "down", "--volumes");
    }

    /** A testnet that runs stays; what is left of one that does not is cleared away. */
    private static void makeRoom(Path home) {
        if (LocalTestnet.status(home) instanceof TestnetStatus.Up(TestnetManifest running)) {
            throw new TestnetException(
                    "A testnet runs already at %s. Stop it first: ./quoin testnet down".formatted(running.rpcUrl()));
        }
        LocalTestnet.down(home);
    }

    private static void requireEngine(String client) {
        Outcome outcome;
        try {
            outcome = run(List.of(client, "info", "--format", "{{.ServerVersion}}"));
        } catch (IOException e) {
            throw new TestnetException(
                    "Docker is not installed (%s). Install it, %s".formatted(e.getMessage(), WITHOUT), e);
        }
        if (outcome.status() != 0) {
            throw new TestnetException(("The Docker client is here, but no engine answers it: %s%n"
                            + "Start the engine (Docker Desktop, or `sudo systemctl start docker`), %s")
                    .formatted(outcome.output().strip(), WITHOUT));
        }
    }

    private static void compose(Path home, String client, String... arguments) {
        Path file = home.resolve("testnet").resolve("compose.yaml");
        List<String> command = Stream.concat(
                        Stream.of(client, "compose", "--file", file.toString()), Stream.of(arguments))
                .toList();
        try {
            Outcome outcome = run(command);
            if (outcome.status() != 0) {
                throw new TestnetException("`%s` failed:%n%s".formatted(String.join(" ", command), outcome.output()));
            }
        } catch (IOException e) {
            throw new TestnetException("%s does not start: %s".formatted(client, e.getMessage()), e);
        }
    }

    private static Outcome run(List<String> command) throws IOException {
        Process process =
                ChildProcess.builder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.onExit().join().exitValue(), output);
    }

    private record Outcome(int status, String output) {}
}
