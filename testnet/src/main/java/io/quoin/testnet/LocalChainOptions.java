package io.quoin.testnet;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a local chain is to be.
 *
 * @param engine the program that runs it
 * @param port TCP port on 127.0.0.1; 0 picks a free one
 * @param blockTime time between blocks, above zero
 * @param logFile receives all the engine prints; its folder is made if absent, the file replaced
 * @param home the project's folder, where the engines are installed
 */
public record LocalChainOptions(ChainEngine engine, int port, Duration blockTime, Path logFile, Path home) {
    private static final int PORT_MAX = 65_535;

    /** Checks the ranges. */
    public LocalChainOptions {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port %d is outside 0..%d".formatted(port, PORT_MAX));
        }
        if (!blockTime.isPositive()) {
            throw new IllegalArgumentException("block time %s must be above zero".formatted(blockTime));
        }
    }

    /** A chain of this engine with one-second blocks on a free port, logging under {@code .quoin/log}, where old logs go. */
    public static LocalChainOptions of(ChainEngine engine) {
        Path home = QuoinHome.find();
        return new LocalChainOptions(
                engine,
                0,
                Duration.ofSeconds(1),
                home.resolve(".quoin").resolve("log").resolve(ChainLogs.newName(engine)),
                home);
    }

    /** The same with another time between blocks. */
    public LocalChainOptions withBlockTime(Duration other) {
        return new LocalChainOptions(engine, port, other, logFile, home);
    }

    /** The same on another port. */
    public LocalChainOptions withPort(int other) {
        return new LocalChainOptions(engine, other, blockTime, logFile, home);
    }

    /** The same with another log. */
    public LocalChainOptions withLogFile(Path other) {
        return new LocalChainOptions(engine, port, blockTime, other, home);
    }
}
