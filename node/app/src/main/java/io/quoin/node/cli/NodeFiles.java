package io.quoin.node.cli;

import io.quoin.testnet.TestnetManifest;
import java.nio.file.Path;

/** Where a node of this clone keeps its things. Stateless. */
final class NodeFiles {
    /** The schema of a node on a chain that lasts. */
    static final String SCHEMA = "quoin";

    private NodeFiles() {}

    /**
     * The schema of a node on a local testnet. Each testnet is a new chain, and books of the one before would
     * contradict it; so each has a schema of its own.
     */
    static String schema(TestnetManifest testnet) {
        return SCHEMA + "_testnet_" + testnet.processStart().getEpochSecond();
    }

    /** The node's own folder: key, database, log. */
    static Path folder(CliContext context) {
        return context.state().resolve("node");
    }

    /** Describes the contracts of the local testnet. */
    static Path deployment(CliContext context) {
        return context.state().resolve("deployment.json");
    }

    /** Where programs are unpacked. */
    static Path cache(CliContext context) {
        return context.state().resolve("cache");
    }
}
