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
import java.util.List;
import java.util.Optional;

/**
 * The node's database, for a command beside it: the one of the environment, else the embedded one that the running
 * node has, else the embedded one, started for the moment.
 *
 * @param database the open database
 * @param server the server to stop afterwards, if it was started for this
 */
record NodeDatabase(Database database, Optional<EmbeddedPostgres> server) implements AutoCloseable {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    static NodeDatabase open(CliContext context) throws IOException {
        Path folder = NodeFiles.folder(context).resolve("postgres");
        Optional<DatabaseAddress> known = DatabaseVariable.read(context.environment());
        if (known.isEmpty()) {
            known = running(folder);
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

    /** A server notes its process and port in its data directory. */
    private static Optional<DatabaseAddress> running(Path folder) throws IOException {
        Path noted = folder.resolve("data/postmaster.pid");
        Path password = folder.resolve("password");
        if (!Files.exists(noted) || !Files.exists(password)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(noted);
        if (lines.size() <= PORT_LINE || ended(lines.get(PID_LINE).strip())) {
            return Optional.empty();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + lines.get(PORT_LINE).strip() + "/postgres";
        return Optional.of(
                new DatabaseAddress(url, "quoin", Files.readString(password).strip()));
    }

    private static boolean ended(String pid) {
        return !pid.matches("[0-9]+") || ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }
}
