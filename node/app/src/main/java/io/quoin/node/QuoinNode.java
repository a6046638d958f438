package io.quoin.node;

import io.micrometer.core.instrument.Gauge;
import io.quoin.chain.ChainAdapter;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.evm.EvmChainAdapter;
import io.quoin.chain.evm.EvmProfile;
import io.quoin.node.api.ApiParts;
import io.quoin.node.api.ApiServer;
import io.quoin.node.market.DeploymentFile;
import io.quoin.node.market.Markets;
import io.quoin.node.ops.Operations;
import io.quoin.node.ops.Readiness;
import io.quoin.node.ops.Switches;
import io.quoin.node.query.Queries;
import io.quoin.node.schema.DatabaseAddress;
import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.settlement.SettlementWorker;
import io.quoin.node.store.ActionStore;
import io.quoin.node.store.Database;
import io.quoin.node.store.MarketStore;
import io.quoin.node.store.PostgresCursorStore;
import io.quoin.node.store.PostgresNonceStore;
import io.quoin.node.store.PostgresSequencerStore;
import io.quoin.node.store.SwitchStore;
import io.quoin.node.store.WithdrawalStore;
import io.quoin.node.withdrawal.CoSigning;
import io.quoin.node.withdrawal.WithdrawalDoor;
import io.quoin.signer.LocalSigner;
import io.quoin.signer.SigningPolicy;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.KeystoreException;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.VaultDomain;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: its parts, wired, and stopped in the reverse order. The chain need not be reachable when it starts;
 * {@code /readyz} says what is missing.
 */
public final class QuoinNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuoinNode.class);
    /** Above any fee that a healthy chain asks; the signer refuses more. */
    private static final Wei FEE_CAP_PER_GAS = Wei.ofGwei(500);
    /** EIP-7825's cap on a transaction. */
    private static final long GAS_LIMIT_CAP = 1L << 24;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final NodeConfig config;
    private final Clock clock;
    private final EvmAddress operator;
    private final ApiServer api;

    private QuoinNode(NodeConfig config, Clock clock) throws IOException {
        this.config = config;
        this.clock = clock;
        try {
            DeploymentFile deployment = DeploymentFile.read(config.deploymentFile());
            UnlockedKey key = OperatorKey.openOrCreate(config.keystore(), config.password());
            this.operator = key.address();
            Database database = keep(Database.open(databaseAddress(), config.schema()));
            keep(database.claim());
            Markets markets = MarketStore.register(database, deployment);
            this.api = wire(deployment, key, database, markets);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        LOG.info("node ready to serve url={} operator={}", url(), operator);
    }

    /**
     * Starts a node; returns when it listens.
     *
     * @throws StartRefused if it cannot start; the message is for the operator
     */
    public static QuoinNode start(NodeConfig config) throws StartRefused {
        try {
            return new QuoinNode(config, Clock.systemUTC());
        } catch (IOException | IllegalStateException | IllegalArgumentException | KeystoreException e) {
            throw new StartRefused(String.valueOf(e.getMessage()), e);
        } catch (com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
            throw new StartRefused("the database does not answer: " + e.getMessage(), e);
        }
    }

    /** Returns where the API listens. */
    public URI url() {
        return URI.create("http://" + config.httpHost() + ":" + api.port());
    }

    /** Returns the operator's address, which pays for gas and which the vault obeys. */
    public EvmAddress operator() {
        return operator;
    }

    /** Stops every part; what was accepted goes on at the next start. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }

    private ApiServer wire(DeploymentFile deployment, UnlockedKey key, Database database, Markets markets)
            throws IOException {
        Operations operations = new Operations();
        Switches switches = new Switches(new SwitchStore(database), clock);
        VaultDomain vault = new VaultDomain(ChainId.parse(deployment.chain()), EvmAddress.of(deployment.vault()));
        LocalSigner signer = signer(vault, key);
        Sequencer sequencer = keep(Sequencer.start(
                new PostgresSequencerStore(database, markets, vault), operations, clock, new SecureRandom()));
        // The store wakes the worker, and the worker needs the adapter, which needs the store.
        AtomicReference<Runnable> wakeWorker = new AtomicReference<>(() -> {});
        var cursors = new PostgresCursorStore(database, markets, clock, () -> {
            sequencer.wake();
            wakeWorker.get().run();
        });
        var ports = new ChainPorts(cursors, new PostgresNonceStore(database, markets, clock), operations, clock);
        ChainAdapter chain = keep(adapter(deployment, vault, signer, ports));
        SettlementWorker worker =
                keep(new SettlementWorker(new ActionStore(database, markets, clock), chain, markets, switches));
        wakeWorker.set(worker::wake);
        sequencer.onProgress(worker::wake);
        measure(operations, chain, sequencer);
        Vertx vertx = Vertx.vertx();
        keep(() -> vertx.close().await());
        var readiness = new Readiness(database, sequencer, chain, operations);
        ApiParts apiParts = new ApiParts(
                vault,
                markets,
                new CoSigning(vault, signer, new WithdrawalStore(database, markets)),
                sequencer,
                new Queries(database, markets),
                switches,
                chain,
                deployment.confirmations(),
                readiness,
                operations,
                clock);
        ApiServer server = keep(ApiServer.start(vertx, apiParts, config.httpHost(), config.httpPort()));
        chain.start();
        worker.start();
        return server;
    }

    private LocalSigner signer(VaultDomain vault, UnlockedKey key) {
        SigningPolicy policy = new SigningPolicy(
                vault, FEE_CAP_PER_GAS, GAS_LIMIT_CAP, Duration.ofSeconds(WithdrawalDoor.DEADLINE_MAX_SECONDS));
        return new LocalSigner(policy, key, clock);
    }

    private EvmChainAdapter adapter(
            DeploymentFile deployment, VaultDomain vault, LocalSigner signer, ChainPorts ports) {
        EvmProfile profile = new EvmProfile(
                vault.chain(),
                config.rpcUrl(),
                vault,
                deployment.confirmations(),
                config.pollInterval(),
                deployment.startBlock(),
                EvmProfile.Tuning.DEFAULT);
        return new EvmChainAdapter(profile, signer, ports);
    }

    private static void measure(Operations operations, ChainAdapter chain, Sequencer sequencer) {
        Gauge.builder(
                        "quoin.chain.final.height",
                        chain,
                        adapter -> adapter.finalHeight().value())
                .description("The last block whose events were applied")
                .tag("chain", chain.chain().toString())
                .register(operations.metrics());
        Gauge.builder("quoin.sequencer.ready", sequencer, part -> part.ready() ? 1 : 0)
                .description("1 while commands are taken")
                .register(operations.metrics());
    }

    private DatabaseAddress databaseAddress() throws IOException {
        if (config.database().isPresent()) {
            return config.database().get();
        }
        return keep(EmbeddedPostgres.start(config.directory().resolve("postgres"), config.cache()))
                .address();
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }
}
