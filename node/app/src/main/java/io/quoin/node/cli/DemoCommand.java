package io.quoin.node.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quoin.node.demo.Demo;
import io.quoin.node.demo.DemoOptions;
import io.quoin.node.demo.DemoResult;
import io.quoin.testnet.ChainEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quoin demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Start a chain, a database and a node; let two traders settle a trade; check every balance.",
            "The traders use nothing but the node's public API and the chain's JSON-RPC. Chain and database schema of"
                    + " an earlier run are replaced. Exit status 0 only if chain, fills and ledger agree."
        },
        footer = {"", "Environment: QUOIN_HTTP_PORT for --http-port; QUOIN_DB_URL for a PostgreSQL of yours."})
final class DemoCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--keep", description = "Leave everything running at the end, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--chain",
            paramLabel = "hardhat|anvil",
            defaultValue = "HARDHAT",
            description = "Which chain to start. Default: hardhat.")
    private ChainEngine engine = ChainEngine.HARDHAT;

    @Option(
            names = "--http-port",
            converter = PortNumber.class,
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The node's port on 127.0.0.1; 0 for any free one. Default: 8080.")
    private int httpPort;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where its keys, database and logs lie. Default: .quoin/demo.")
    private @Nullable Path directory;

    @Option(names = "--timings", paramLabel = "FILE", hidden = true, description = "Write when each phase ended.")
    private @Nullable Path timings;

    DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = directory == null ? context.state().resolve("demo") : directory.toAbsolutePath();
        context.log().open(folder.resolve("quoin.log"));
        var options = new DemoOptions(
                context.home(),
                folder,
                engine,
                httpPort,
                keep,
                DatabaseVariable.read(context.environment()),
                commanded());
        var demo = new Demo(options, new ConsoleNarrator(context.console()));
        DemoResult result = Ending.after(context.console(), demo::close, demo::run);
        if (timings != null) {
            write(result, timings);
        }
        return result.agreed() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The launcher's first moment, so that building and starting Java count too. */
    private Instant commanded() {
        return Optional.ofNullable(context.environment().get("QUOIN_STARTED_MILLIS"))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
                .orElseGet(Instant::now);
    }

    private static void write(DemoResult result, Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode phases = mapper.createObjectNode();
        result.phases().forEach((phase, end) -> phases.put(phase.name(), end.toMillis()));
        Files.writeString(file, phases + "\n");
    }
}
