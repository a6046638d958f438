package io.quoin.node.cli;

import java.nio.file.Path;

/** Where a node of this clone keeps its things. Stateless. */
final class NodeFiles {
    static final String SCHEMA = "quoin";

    private NodeFiles() {}

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
