package io.quoin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.node.demo.trader.OrderDraft;
import io.quoin.node.demo.trader.OrderView;
import io.quoin.node.demo.trader.Trader;
import io.quoin.node.market.DeploymentFile;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainOptions;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How a node starts, or says why it does not; and what it knows after a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeStartIT {
    private final HttpClient client = HttpClient.newHttpClient();
    private NodeWorld world;

    @Test
    void aSecondNodeOnTheSameDirectory_isRefused_andTheFirstGoesOn() throws Exception {
        assertThatThrownBy(() -> world.start(world.chain().rpcUrl(), 0))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("runs a database on");

        assertThat(get(world.node(), "/readyz").statusCode()).isEqualTo(200);
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new NodeWorld(folder);
    }

    @AfterAll
    void stop() {
        client.close();
        world.close();
    }

    @Test
    void aPortInUse_isRefusedWithItsNumber(@TempDir Path other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeConfig config = elsewhere(other, world.chain().rpcUrl(), taken.getLocalPort());

            assertThatThrownBy(() -> QuoinNode.start(config))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aWrongPassword_isRefused_withoutRepeatingIt(@TempDir Path other) throws Exception {
        Path wrong = Files.createFile(
                other.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(wrong, "not-the-password-1234\n");
        NodeConfig right = elsewhere(other, world.chain().rpcUrl(), 0);
        NodeConfig config = new NodeConfig(
                right.rpcUrl(),
                right.deploymentFile(),
                right.database(),
                right.schema(),
                right.directory(),
                right.cache(),
                right.httpHost(),
                right.httpPort(),
                right.keystore(),
                new io.quoin.signer.keystore.PasswordSource.PasswordFile(wrong),
                right.pollInterval());

        assertThatThrownBy(() -> QuoinNode.start(config))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("password")
                .message()
                .doesNotContain("not-the-password-1234");
    }

    @Test
    void aMissingDeploymentFile_isRefusedWithItsName(@TempDir Path other) {
        NodeConfig right = elsewhere(other, world.chain().rpcUrl(), 0);
        NodeConfig config = new NodeConfig(
                right.rpcUrl(),
                other.resolve("missing.json"),
                right.database(),
                right.schema(),
                right.directory(),
                right.cache(),
                right.httpHost(),
                right.httpPort(),
                right.keystore(),
                right.password(),
                right.pollInterval());

        assertThatThrownBy(() -> QuoinNode.start(config))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("missing.json");
    }

    @Test
    void anUnreachableChain_leavesTheNodeUpAndNotReady_untilItAnswers(@TempDir Path other) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI rpc = URI.create("http://127.0.0.1:" + port);
        try (QuoinNode node = QuoinNode.start(elsewhere(other, rpc, 0))) {
            assertThat(get(node, "/livez").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                HttpResponse<String> ready = get(node, "/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains(rpc.toString()).contains("DOWN");
            });
            try (LocalChain chain = LocalChain.start(
                    LocalChainOptions.of(ChainEngine.ANVIL).withPort(port).withLogFile(other.resolve("chain.log")))) {
                // The chain answers now, but has no vault: said in words, and still not ready.
                Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    HttpResponse<String> ready = get(node, "/readyz");
                    assertThat(ready.statusCode()).isEqualTo(503);
                    assertThat(ready.body()).contains("no contract at the vault's address");
                });
                // A fresh chain gives the same addresses to the same deployer.
                ContractDeployer.deploy(
                        chain.rpcUrl(),
                        chain.accounts().getFirst(),
                        node.operator().hex());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> get(node, "/readyz").statusCode() == 200);
            }
        }
    }

    @Test
    void aRestart_keepsOrdersBalancesAndTheBook() throws Exception {
        Trader trader = world.trader("Carol", "3", "0");
        OrderView placed = trader.place(
                world.market(),
                new OrderDraft(
                        true,
                        new BigDecimal("3000"),
                        BigDecimal.ONE,
                        1,
                        Instant.now().getEpochSecond(),
                        Instant.now().getEpochSecond() + 3_600));
        String before = get(world.node(), "/v1/balances/" + trader.address()).body();
        String order = get(world.node(), "/v1/orders/" + placed.id()).body();

        world.restartNode();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get(world.node(), "/readyz").statusCode() == 200);
        assertThat(get(world.node(), "/v1/balances/" + trader.address()).body()).isEqualTo(before);
        assertThat(get(world.node(), "/v1/orders/" + placed.id()).body()).isEqualTo(order);
        assertThat(get(world.node(), "/v1/book/QBASE-QUSD").body()).contains("\"3000\"");
    }

    @Test
    void aDatabaseOfAnotherVault_isRefused(@TempDir Path other) throws Exception {
        NodeConfig config = elsewhere(other, world.chain().rpcUrl(), 0);
        QuoinNode.start(config).close();
        DeploymentFile file = DeploymentFile.read(config.deploymentFile());
        new DeploymentFile(
                        file.chain(),
                        "0x" + "9".repeat(40),
                        file.startBlock(),
                        file.confirmations(),
                        file.assets(),
                        file.markets())
                .write(other.resolve("other.json"));
        NodeConfig changed = new NodeConfig(
                config.rpcUrl(),
                other.resolve("other.json"),
                Optional.empty(),
                config.schema(),
                config.directory(),
                config.cache(),
                config.httpHost(),
                0,
                config.keystore(),
                config.password(),
                config.pollInterval());

        assertThatThrownBy(() -> QuoinNode.start(changed))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("belongs to the vault");
    }

    /** The world's chain and key, with a database of its own. */
    private NodeConfig elsewhere(Path folder, URI rpc, int port) {
        NodeConfig config = world.config(rpc, port);
        return new NodeConfig(
                config.rpcUrl(),
                config.deploymentFile(),
                config.database(),
                config.schema(),
                folder.resolve("node"),
                config.cache(),
                config.httpHost(),
                config.httpPort(),
                config.keystore(),
                config.password(),
                config.pollInterval());
    }

    private HttpResponse<String> get(QuoinNode node, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(node.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
