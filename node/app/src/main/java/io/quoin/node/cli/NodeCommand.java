package io.quoin.node.cli;

import io.quoin.node.NodeConfig;
import io.quoin.node.QuoinNode;
import io.quoin.node.local.LocalOperator;
import io.quoin.node.machine.Ports;
import io.quoin.node.market.DeploymentFile;
import io.quoin.signer.keystore.PasswordSource;
import io.quoin.testnet.LocalTestnet;
import io.quoin.testnet.TestnetManifest;
import io.quoin.testnet.TestnetStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quoin node}. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Run the settlement node until Ctrl-C.",
            "Without options it serves the local testnet that ./quoin testnet up started."
        },
        footer = {
            "",
            "Environment, where the option is not given: QUOIN_RPC_URL, QUOIN_DEPLOYMENT, QUOIN_HTTP_HOST,",
            "QUOIN_HTTP_PORT, QUOIN_KEYSTORE, QUOIN_KEYSTORE_PASSWORD_FILE. Secrets have no option:",
            "QUOIN_KEYSTORE_PASSWORD is the keystore's password, QUOIN_DB_URL the PostgreSQL to use",
            "(jdbc:postgresql://HOST/DATABASE?user=USER&password=PASSWORD); without it the node runs its own."
        })
final class NodeCommand implements Callable<Integer> {
    private static final String LOCAL_CHAIN = "eip155:31337";
    private static final String PASSWORD_VARIABLE = "QUOIN_KEYSTORE_PASSWORD";
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final CliContext context;

    @Option(names = "--rpc-url", paramLabel = "URL", description = "The chain's JSON-RPC. Default: the local testnet.")
    private @Nullable URI rpcUrl;

    @Option(
            names = "--deployment",
            paramLabel = "FILE",
            description = "The contracts, assets and markets to serve. Default: .quoin/deployment.json.")
    private @Nullable Path deployment;

    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Default: 127.0.0.1.")
    private String httpHost = "127.0.0.1";

    @Option(
            names = "--http-port",
            converter = PortNumber.class,
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port to listen on; 0 for any free one. Default: 8080.")
    private int httpPort;

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "The operator's key, Web3 Secret Storage v3; made on the first start."
                    + " Default: .quoin/node/operator.json.")
    private @Nullable Path keystore;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file of mode 0600 whose first line is the keystore's password.")
    private @Nullable Path passwordFile;

    NodeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = NodeFiles.folder(context);
        context.log().open(folder.resolve("quoin.log"));
        NodeConfig config = config(folder);
        refuseTakenPort();
        var told = new CountDownLatch(1);
        var running = new AtomicReference<@Nullable QuoinNode>();
        return Ending.after(
                context.console(),
                () -> {
                    told.countDown();
                    close(running.getAndSet(null));
                },
                () -> {
                    context.console().waiting("starting the node");
                    running.set(QuoinNode.start(config));
                    QuoinNode node = running.get();
                    if (node != null) {
                        report(node, config, folder);
                    }
                    told.await();
                    return ExitCode.OK;
                });
    }

    private void report(QuoinNode node, NodeConfig config, Path folder) {
        context.console().line("Node listens at " + node.url() + ", operator " + node.operator());
        context.console().line("  chain     " + withoutSecrets(config.rpcUrl()));
        context.console().line("  database  schema " + config.schema());
        context.console().line("  log       " + context.shown(folder.resolve("quoin.log")));
        new ReadyProbe(node.url()).report(context.console());
    }

    private static void close(@Nullable QuoinNode node) {
        if (node != null) {
            node.close();
        }
    }

    private NodeConfig config(Path folder) throws IOException {
        Optional<TestnetManifest> testnet = rpcUrl == null ? Optional.of(testnet()) : Optional.empty();
        URI chain = rpcUrl == null ? testnet.orElseThrow().rpcUrl() : rpcUrl;
        Path deploymentFile = deployment == null ? NodeFiles.deployment(context) : deployment;
        DeploymentFile served = DeploymentFile.read(deploymentFile);
        Path key = keystore == null ? folder.resolve("operator.json") : keystore;
        return new NodeConfig(
                chain,
                deploymentFile,
                DatabaseVariable.read(context.environment()),
                testnet.map(NodeFiles::schema).orElse(NodeFiles.SCHEMA),
                folder,
                NodeFiles.cache(context),
                httpHost,
                httpPort,
                key,
                password(served, key),
                POLL_INTERVAL);
    }

    private TestnetManifest testnet() {
        if (LocalTestnet.status(context.home()) instanceof TestnetStatus.Up(TestnetManifest manifest)) {
            return manifest;
        }
        throw new CommandFailure(
                "which chain? No local testnet runs, and no URL was given",
                "run ./quoin testnet up, or name one: --rpc-url URL (or QUOIN_RPC_URL)");
    }

    private PasswordSource password(DeploymentFile served, Path key) throws IOException {
        if (passwordFile != null) {
            return new PasswordSource.PasswordFile(passwordFile);
        }
        if (!context.environment().getOrDefault(PASSWORD_VARIABLE, "").isEmpty()) {
            return new PasswordSource.EnvironmentVariable(PASSWORD_VARIABLE);
        }
        if (!served.chain().equals(LOCAL_CHAIN)) {
            throw new CommandFailure(
                    "the keystore's password was not given, and a chain with value (" + served.chain()
                            + ") gets none made up",
                    "set QUOIN_KEYSTORE_PASSWORD_FILE to a file of mode 0600, or QUOIN_KEYSTORE_PASSWORD");
        }
        Path file = key.resolveSibling("operator.password");
        Files.createDirectories(NodeFiles.folder(context));
        LocalOperator.makePassword(file);
        context.console()
                .line("The operator's password is in " + context.shown(file) + ", made for this local chain only.");
        return new PasswordSource.PasswordFile(file);
    }

    private void refuseTakenPort() {
        if (httpPort != 0 && !Ports.isFree(httpPort)) {
            throw new CommandFailure(
                    "port " + httpPort + " is taken"
                            + Ports.holder(httpPort)
                                    .map(holder -> " by " + holder)
                                    .orElse(""),
                    "end that, or choose another: --http-port PORT (or QUOIN_HTTP_PORT); 0 takes any free one");
        }
    }

    private static String withoutSecrets(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port;
    }
}
