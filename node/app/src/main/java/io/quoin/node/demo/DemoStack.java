package io.quoin.node.demo;

import io.quoin.node.NodeConfig;
import io.quoin.node.QuoinNode;
import io.quoin.node.StartRefused;
import io.quoin.node.demo.trader.NodeApi;
import io.quoin.node.demo.trader.Patience;
import io.quoin.node.local.LocalMarkets;
import io.quoin.node.local.LocalOperator;
import io.quoin.node.machine.Ports;
import io.quoin.node.schema.DatabaseAddress;
import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.schema.Migrations;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.DevAccount;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Chain, database, contracts and node of one demonstration, started one after the other. */
final class DemoStack {
    static final String SCHEMA = "quoin_demo";
    private static final String HOST = "127.0.0.1";
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);

    private final DemoOptions options;
    private final Story story;
    private final Running running;

    DemoStack(DemoOptions options, Story story, Running running) {
        this.options = options;
        this.story = story;
        this.running = running;
    }

    /**
     * What runs, for those outside the node.
     *
     * @param rpc the chain
     * @param node the API
     * @param database where the node books
     * @param deployment the contracts
     */
    record Up(URI rpc, URI node, DatabaseAddress database, Deployment deployment) {
        void giveEther(String address) {
            ContractDeployer.fundEther(rpc, address, ETHER);
        }
    }

    Up start() throws IOException {
        refuseTakenPort();
        URI rpc = startChain();
        story.reached(Phase.CHAIN_UP);
        DatabaseAddress database = startDatabase();
        story.reached(Phase.DATABASE_UP);
        LocalOperator operator = openOperator();
        Deployment deployment = deploy(rpc, operator);
        story.reached(Phase.DEPLOYED);
        URI node = startNode(rpc, database, operator, deployment);
        story.reached(Phase.NODE_READY);
        return new Up(rpc, node, database, deployment);
    }

    private void refuseTakenPort() {
        int port = options.httpPort();
        if (port != 0 && !Ports.isFree(port)) {
            String holder = Ports.holder(port).map(name -> " by " + name).orElse("");
            throw new DemoFailure("port " + port + " on " + HOST + " is taken" + holder
                    + ". End that, or choose another port: ./quoin demo --http-port " + (port + 1)
                    + " (0 takes any free one)");
        }
    }

    private URI startChain() {
        String engine = options.engine().name().toLowerCase(Locale.ROOT);
        Path log = options.directory().resolve("chain.log");
        LocalChain chain = story.during(
                "starting the " + engine + " chain",
                () -> running.hold(
                        LocalChain.start(new LocalChainOptions(options.engine(), 0, BLOCK_TIME, log, options.home()))));
        story.step("CHAIN", engine + " at " + chain.rpcUrl() + ", new and empty, a block a second");
        return chain.rpcUrl();
    }

    private DatabaseAddress startDatabase() {
        Path folder = options.directory().resolve("postgres");
        boolean again = Files.isDirectory(folder);
        return story.during("starting the database", () -> {
            DatabaseAddress database = options.database().orElseGet(() -> embedded(folder));
            Migrations.drop(database, SCHEMA);
            String whose = options.database().isPresent()
                    ? "yours, by QUOIN_DB_URL"
                    : again ? "embedded, data directory of the last run" : "embedded, new data directory";
            story.step("DATABASE", "PostgreSQL, " + whose + "; schema " + SCHEMA + " replaced");
            return database;
        });
    }

    private DatabaseAddress embedded(Path folder) {
        try {
            return running.hold(EmbeddedPostgres.start(folder, options.home().resolve(".quoin/cache")))
                    .address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocalOperator openOperator() {
        return story.during("opening the operator's key", () -> {
            try {
                return LocalOperator.openOrCreate(options.directory());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Deployment deploy(URI rpc, LocalOperator operator) throws IOException {
        Deployment deployment = story.during(
                "deploying the contracts",
                () -> ContractDeployer.deploy(rpc, DevAccount.all().getFirst(), operator.address()));
        LocalMarkets.of(deployment).write(deploymentFile());
        story.step(
                "OPERATOR",
                operator.address() + ", key in " + operator.keystore().getFileName());
        story.step("DEPLOYED", "vault " + deployment.vault());
        deployment
                .tokens()
                .forEach(token -> story.step(
                        "DEPLOYED", token.symbol() + " " + token.address() + ", " + token.decimals() + " decimals"));
        return deployment;
    }

    private URI startNode(URI rpc, DatabaseAddress database, LocalOperator operator, Deployment deployment) {
        var config = new NodeConfig(
                rpc,
                deploymentFile(),
                Optional.of(database),
                SCHEMA,
                options.directory().resolve("node"),
                options.home().resolve(".quoin/cache"),
                HOST,
                options.httpPort(),
                operator.keystore(),
                operator.passwordSource(),
                POLL_INTERVAL);
        return story.during("starting the node", () -> {
            URI url = running.hold(node(config)).url();
            try (var api = new NodeApi(url)) {
                Patience.until(
                        "the node to be ready (" + url + "/readyz says why not)",
                        READY_LIMIT,
                        () -> Optional.of(true).filter(_ -> api.isReady()));
            }
            story.step("READY", "node at " + url + ", vault " + shortened(deployment.vault()));
            return url;
        });
    }

    private static QuoinNode node(NodeConfig config) {
        try {
            return QuoinNode.start(config);
        } catch (StartRefused e) {
            throw new DemoFailure("the node does not start: " + e.getMessage(), e);
        }
    }

    private Path deploymentFile() {
        return options.directory().resolve("deployment.json");
    }

    static String shortened(String hex) {
        return hex.length() <= 12 ? hex : hex.substring(0, 10) + "..";
    }
}
