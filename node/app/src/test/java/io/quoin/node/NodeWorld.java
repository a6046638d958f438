package io.quoin.node;

import io.quoin.node.demo.trader.ChainRpc;
import io.quoin.node.demo.trader.MarketView;
import io.quoin.node.demo.trader.NodeApi;
import io.quoin.node.demo.trader.Token;
import io.quoin.node.demo.trader.Trader;
import io.quoin.node.local.LocalMarkets;
import io.quoin.node.local.LocalOperator;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainOptions;
import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A real chain, a real database and a running node, with traders outside it. */
public final class NodeWorld implements AutoCloseable {
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);
    private static final Duration BLOCK_TIME = Duration.ofMillis(500);

    private final Path folder;
    private final LocalChain chain;
    private final LocalOperator operator;
    private final List<AutoCloseable> clients = new ArrayList<>();
    private QuoinNode node;

    /** Starts chain, database and node under a folder. */
    public NodeWorld(Path folder) throws IOException, StartRefused {
        this.folder = folder;
        this.chain = LocalChain.start(LocalChainOptions.of(ChainEngine.ANVIL)
                .withBlockTime(BLOCK_TIME)
                .withLogFile(folder.resolve("chain.log")));
        this.operator = LocalOperator.openOrCreate(folder);
        Deployment deployment =
                ContractDeployer.deploy(chain.rpcUrl(), chain.accounts().getFirst(), operator.address());
        LocalMarkets.of(deployment).write(folder.resolve("deployment.json"));
        this.node = start(chain.rpcUrl(), 0);
    }

    public QuoinNode start(URI rpc, int port) throws StartRefused {
        return QuoinNode.start(config(rpc, port));
    }

    public NodeConfig config(URI rpc, int port) {
        return new NodeConfig(
                rpc,
                folder.resolve("deployment.json"),
                Optional.empty(),
                "quoin",
                folder.resolve("node"),
                QuoinHome.find().resolve(".quoin/cache"),
                "127.0.0.1",
                port,
                operator.keystore(),
                operator.passwordSource(),
                Duration.ofMillis(100));
    }

    public void restartNode() throws StartRefused {
        node.close();
        node = start(chain.rpcUrl(), 0);
    }

    public QuoinNode node() {
        return node;
    }

    public LocalChain chain() {
        return chain;
    }

    public Path folder() {
        return folder;
    }

    public MarketView market() {
        try (NodeApi api = new NodeApi(node.url())) {
            return api.market("QBASE-QUSD");
        }
    }

    /** Makes a trader who has deposited these amounts and whom the node has credited. */
    public Trader trader(String name, String base, String quote) {
        NodeApi api = new NodeApi(node.url());
        ChainRpc rpc = new ChainRpc(chain.rpcUrl());
        clients.add(api);
        clients.add(rpc);
        Trader trader = Trader.withNewKey(name, api, rpc);
        ContractDeployer.fundEther(chain.rpcUrl(), trader.address(), ETHER);
        deposit(trader, market().base(), new BigDecimal(base));
        deposit(trader, market().quote(), new BigDecimal(quote));
        return trader;
    }

    private void deposit(Trader trader, Token token, BigDecimal amount) {
        if (amount.signum() > 0) {
            trader.mint(token, amount);
            trader.approve(market(), token, amount);
            trader.deposit(market(), token, amount);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> trader.ledger(token).available().compareTo(amount) == 0);
        }
    }

    @Override
    public void close() {
        clients.forEach(NodeWorld::close);
        node.close();
        chain.close();
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
