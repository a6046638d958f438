package io.quoin.testnet;

import java.util.List;

/** How other programs are started: with this program's environment, but none of the node's secrets. */
final class ChildProcess {
    /** What {@code ./quoin} takes from the environment and no other program needs. */
    static final List<String> SECRET_VARIABLES =
            List.of("QUOIN_KEYSTORE_PASSWORD", "QUOIN_KEYSTORE_PASSWORD_FILE", "QUOIN_DB_URL", "QUOIN_DEPLOYER_KEY");

    private ChildProcess() {}

    /** A builder for that command line. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        SECRET_VARIABLES.forEach(builder.environment()::remove);
        return builder;
    }
}
