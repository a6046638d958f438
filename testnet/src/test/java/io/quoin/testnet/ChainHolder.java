package io.quoin.testnet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A program that starts a chain, prints its process id, and exits without a word when its standard input closes. */
final class ChainHolder {
    private ChainHolder() {}

    /** Takes the engine and the log file. */
    public static void main(String[] arguments) throws IOException {
        LocalChain chain = LocalChain.start(LocalChainOptions.of(ChainEngine.valueOf(arguments[0]))
                .withBlockTime(Duration.ofMillis(200))
                .withLogFile(Path.of(arguments[1])));
        System.out.println(chain.process().pid());
        while (System.in.read() >= 0) {
            // Waits for the end of the input.
        }
        System.exit(0);
    }
}
