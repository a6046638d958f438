package io.quoin.testnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line that runs an engine as one process: no npx, npm or shim between, whose end would leave it running.
 *
 * @param command program and arguments
 * @param folder working directory
 * @param environment variables to add
 */
record EngineCommand(List<String> command, Path folder, Map<String, String> environment) {
    private static final String HOST = "127.0.0.1";
    private static final Duration NODE_PATH_TIMEOUT = Duration.ofMinutes(10);

    /** @param endWithStdin whether the engine should end by itself when its standard input closes, where it can */
    static EngineCommand of(LocalChainOptions options, int port, boolean endWithStdin) {
        return switch (options.engine()) {
            case HARDHAT -> hardhat(options, port, endWithStdin);
            case ANVIL -> anvil(options, port);
        };
    }

    private static EngineCommand hardhat(LocalChainOptions options, int port, boolean endWithStdin) {
        Path contracts = options.home().resolve("contracts");
        Path cli = installed(contracts, Path.of("hardhat", "dist", "src", "cli.js"));
        List<String> command = List.of(
                nodePath(contracts),
                "--import",
                "./tools/end-with-stdin.mjs",
                cli.toString(),
                "node",
                "--hostname",
                HOST,
                "--port",
                Integer.toString(port),
                "--network",
                "local");
        Map<String, String> environment = Map.of(
                "HARDHAT_DISABLE_TELEMETRY_PROMPT", "true",
                "QUOIN_BLOCK_TIME_MILLIS", Long.toString(options.blockTime().toMillis()),
                "QUOIN_END_WITH_STDIN", Boolean.toString(endWithStdin));
        return new EngineCommand(command, contracts, environment);
    }

    private static EngineCommand anvil(LocalChainOptions options, int port) {
        Path contracts = options.home().resolve("contracts");
        Path binary = installed(contracts, Path.of("@foundry-rs", "anvil-" + platform(), "bin", "anvil"));
        BigDecimal blockSeconds = BigDecimal.valueOf(options.blockTime().toMillis(), 3);
        List<String> command = List.of(
                binary.toString(),
                "--host",
                HOST,
                "--port",
                Integer.toString(port),
                "--block-time",
                blockSeconds.stripTrailingZeros().toPlainString(),
                "--chain-id",
                Long.toString(LocalChain.CHAIN_ID),
                "--prune-history",
                "64",
                "--cache-path",
                options.home().resolve(".quoin").resolve("anvil").toString());
        return new EngineCommand(command, options.home(), Map.of());
    }

    private static Path installed(Path contracts, Path inPackages) {
        Path file = contracts.resolve("node_modules").resolve(inPackages);
        if (!Files.isRegularFile(file)) {
            throw new TestnetException(
                    "%s is not installed. Run `node contracts/tools/build.mjs install` and try again.".formatted(file));
        }
        return file;
    }

    /** Foundry's name of this machine, as in its npm packages. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String cpu = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return os + "-" + cpu;
    }

    /** A Node that is new enough for Hardhat; the build script knows, and fetches one where there is none. */
    private static String nodePath(Path contracts) {
        try {
            Process process = ChildProcess.builder(List.of("node", "tools/build.mjs", "node-path"))
                    .directory(contracts.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(NODE_PATH_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new TestnetException(
                        "No Node that Hardhat takes; `node contracts/tools/build.mjs node-path` says why.");
            }
            return path;
        } catch (IOException e) {
            throw new TestnetException(
                    "Node does not start (%s). Install Node and put it on the PATH.".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestnetException("Interrupted while looking for Node.", e);
        }
    }
}
