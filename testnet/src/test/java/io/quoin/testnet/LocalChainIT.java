package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.TestToken;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

class LocalChainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ChainEngine.class)
    void engine_startsDeploysMinesAndLeavesNothingBehind(ChainEngine engine) throws Exception {
        ProcessHandle process;
        URI rpcUrl;
        try (LocalChain chain = LocalChain.start(quick(engine))) {
            process = chain.process();
            rpcUrl = chain.rpcUrl();
            DevAccount operator = chain.accounts().get(1);

            Deployment deployment =
                    ContractDeployer.deploy(rpcUrl, chain.accounts().getFirst(), operator.address());

            assertDeployed(rpcUrl, deployment, operator);
            assertMines(rpcUrl);
        }

        assertThat(process.isAlive()).isFalse();
        assertPortFree(rpcUrl.getPort());
    }

    @ParameterizedTest
    @EnumSource(ChainEngine.class)
    void start_whenThePortIsInUse_saysWhich(ChainEngine engine) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
            LocalChainOptions options = quick(engine).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> LocalChain.start(options))
                    .isInstanceOf(TestnetException.class)
                    .hasMessageContaining("Port %d on 127.0.0.1 is in use", taken.getLocalPort());
        }
    }

    @Test
    void start_whenTheEngineIsNotInstalled_saysTheCommand() {
        LocalChainOptions options =
                new LocalChainOptions(ChainEngine.ANVIL, 0, Duration.ofSeconds(1), folder.resolve("log"), folder);

        assertThatThrownBy(() -> LocalChain.start(options))
                .isInstanceOf(TestnetException.class)
                .hasMessageContaining("node contracts/tools/build.mjs install");
    }

    @Test
    void fund_givesTokensAndEther() throws Exception {
        try (LocalChain chain = LocalChain.start(quick(ChainEngine.ANVIL))) {
            Deployment deployment = ContractDeployer.deploy(
                    chain.rpcUrl(),
                    chain.accounts().getFirst(),
                    chain.accounts().get(1).address());
            String stranger = "0x00000000000000000000000000000000000A11cE";
            String token = deployment.token("QUSD").address();

            ContractDeployer.fund(chain.rpcUrl(), token, stranger, BigInteger.valueOf(7));
            ContractDeployer.fundEther(chain.rpcUrl(), stranger, BigInteger.TEN);

            Web3j web3j = Web3j.build(new HttpService(chain.rpcUrl().toString()));
            assertThat(testToken(web3j, token).balanceOf(stranger).send()).isEqualTo(7);
            assertThat(web3j.ethGetBalance(stranger, DefaultBlockParameterName.LATEST)
                            .send()
                            .getBalance())
                    .isEqualTo(10);
            web3j.shutdown();
        }
    }

    private LocalChainOptions quick(ChainEngine engine) {
        return LocalChainOptions.of(engine)
                .withBlockTime(Duration.ofMillis(200))
                .withLogFile(folder.resolve(engine + ".log"));
    }

    private static void assertDeployed(URI rpcUrl, Deployment deployment, DevAccount operator) throws Exception {
        Web3j web3j = Web3j.build(new HttpService(rpcUrl.toString()));
        EscrowVault vault = EscrowVault.load(
                deployment.vault(), web3j, new ReadonlyTransactionManager(web3j, null), new DefaultGasProvider());
        TestToken base = testToken(web3j, deployment.token("QBASE").address());
        TestToken quote = testToken(web3j, deployment.token("QUSD").address());

        assertThat(vault.operator().send()).isEqualToIgnoringCase(operator.address());
        assertThat(base.decimals().send()).isEqualTo(18);
        assertThat(quote.decimals().send()).isEqualTo(6);
        assertThat(deployment.chainId())
                .isEqualTo(web3j.ethChainId().send().getChainId().longValueExact());
        web3j.shutdown();
    }

    private static TestToken testToken(Web3j web3j, String address) {
        return TestToken.load(address, web3j, new ReadonlyTransactionManager(web3j, null), new DefaultGasProvider());
    }

    private static void assertMines(URI rpcUrl) throws IOException {
        Web3j web3j = Web3j.build(new HttpService(rpcUrl.toString()));
        BigInteger height = web3j.ethBlockNumber().send().getBlockNumber();
        await().atMost(PATIENCE)
                .until(() -> web3j.ethBlockNumber().send().getBlockNumber().compareTo(height) > 0);
        web3j.shutdown();
    }

    private static void assertPortFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
