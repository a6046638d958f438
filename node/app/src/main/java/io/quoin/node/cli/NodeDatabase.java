package io.quoin.node.cli;

import io.quoin.node.schema.DatabaseAddress;
import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.store.Database;
import io.quoin.testnet.LocalTestnet;
import io.quoin.testnet.TestnetManifest;
import io.quoin.testnet.TestnetStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The node's database, for a command beside it: the one of the environment, else the embedded one that the running
 * node has, else the embedded one, started for the moment.
 *
 * @param database the open database
 * @param server the server to stop afterwards, if it was started for this
 */
record NodeDatabase(Database database, Optional<EmbeddedPostgres> server) implements AutoCloseable {
    static NodeDatabase open(CliContext context) throws IOException {
        Path folder = NodeFiles.folder(context).resolve("postgres");
        Optional<DatabaseAddress> known = DatabaseVariable.read(context.environment());
        if (known.isEmpty()) {
            known = EmbeddedPostgres.runningOn(folder);
        }
        if (known.isPresent()) {
            return new NodeDatabase(open(context, known.get()), Optional.empty());
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("no node has ever run here", "start one: ./quoin node");
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(folder, NodeFiles.cache(context));
        try {
            return new NodeDatabase(open(context, server.address()), Optional.of(server));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Database open(CliContext context, DatabaseAddress address) {
        try {
            return Database.open(address, schema(context));
        } catch (IllegalStateException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), "use the Quoin that the node runs with", e);
        }
    }

    /** The node serves the local testnet unless it is told another chain, which for a lasting node the environment does. */
    private static String schema(CliContext context) {
        boolean told = !context.environment().getOrDefault("QUOIN_RPC_URL", "").isBlank();
        return !told && LocalTestnet.status(context.home()) instanceof TestnetStatus.Up(TestnetManifest manifest)
                ? NodeFiles.schema(manifest)
                : NodeFiles.SCHEMA;
    }

    @Override
    public void close() {
        database.close();
        server.ifPresent(EmbeddedPostgres::close);
    }
}
