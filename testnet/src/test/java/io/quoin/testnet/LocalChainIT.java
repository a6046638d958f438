package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.TestToken;
import io.quoin.contracts.VaultLens;
import io.quoin.contracts.VaultRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

class LocalChainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CANARY = "canary-secret";

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
        Ports.take(rpcUrl.getPort()).close();
    }

    @ParameterizedTest
    @EnumSource(ChainEngine.class)
    void start_whenThePortIsInUse_saysWhich(ChainEngine engine) throws IOException {
        try (ServerSocket taken = Ports.take(0)) {
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

    @ParameterizedTest
    @EnumSource(ChainEngine.class)
    void chain_whenItsProgramExits_endsToo(ChainEngine engine) throws Exception {
        Holder holder = holdChain(engine);

        holder.program().getOutputStream().close();

        assertThat(holder.program().onExit().get(30, TimeUnit.SECONDS).exitValue())
                .isZero();
        assertThat(holder.chain().isAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ANVIL,INT", "HARDHAT,INT", "ANVIL,TERM", "HARDHAT,TERM"})
    void chain_whenItsProgramGetsASignal_endsToo(ChainEngine engine, String signal) throws Exception {
        Holder holder = holdChain(engine);

        String pid = Long.toString(holder.program().pid());
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor())
                .isZero();

        holder.program().onExit().get(30, TimeUnit.SECONDS);
        holder.chain().onExit().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(ChainEngine.class)
    @EnabledOnOs(OS.LINUX)
    void chain_getsNoneOfTheNodesSecrets(ChainEngine engine) throws Exception {
        Holder holder = holdChain(engine);
        Path processes = Path.of("/proc");

        String program = environment(processes, holder.program().pid());
        String chain = environment(processes, holder.chain().pid());

        assertThat(program).contains(ChildProcess.SECRET_VARIABLES).contains(CANARY);
        assertThat(chain).contains("PATH=").doesNotContain(ChildProcess.SECRET_VARIABLES);
        assertThat(chain).doesNotContain(CANARY);
        holder.program().getOutputStream().close();
        holder.program().onExit().get(30, TimeUnit.SECONDS);
    }

    private static String environment(Path processes, long pid) throws IOException {
        return Files.readString(processes.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void hardhat_whenItsProgramIsKilled_endsByItself() throws Exception {
        Holder holder = holdChain(ChainEngine.HARDHAT);

        holder.program().destroyForcibly();

        holder.chain().onExit().get(30, TimeUnit.SECONDS);
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

    /** Starts another JVM that starts a chain. */
    private Holder holdChain(ChainEngine engine) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D%s=%s".formatted(QuoinHome.PROPERTY, QuoinHome.find()),
                        ChainHolder.class.getName(),
                        engine.name(),
                        folder.resolve("held.log").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        ChildProcess.SECRET_VARIABLES.forEach(name -> builder.environment().put(name, CANARY));
        Process program = builder.start();
        String pid = program.inputReader().readLine();
        return new Holder(program, ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }

    private record Holder(Process program, ProcessHandle chain) {}

    private LocalChainOptions quick(ChainEngine engine) {
        return LocalChainOptions.of(engine)
                .withBlockTime(Duration.ofMillis(200))
                .withLogFile(folder.resolve(engine + ".log"));
    }

    private static void assertDeployed(URI rpcUrl, Deployment deployment, DevAccount operator) throws Exception {
        Web3j web3j = Web3j.build(new HttpService(rpcUrl.toString()));
        Deployment.Market market = deployment.market("QBASE", "QUSD");
        Deployment.Token base = deployment.token("QBASE");
        Deployment.Token quote = deployment.token("QUSD");
        ReadonlyTransactionManager reader = new ReadonlyTransactionManager(web3j, null);
        VaultRegistry registry = VaultRegistry.load(deployment.registry(), web3j, reader, new DefaultGasProvider());
        EscrowVault vault = EscrowVault.load(deployment.vault(), web3j, reader, new DefaultGasProvider());
        VaultLens lens = VaultLens.load(deployment.lens(), web3j, reader, new DefaultGasProvider());

        assertThat(registry.operator().send()).isEqualToIgnoringCase(operator.address());
        assertThat(registry.tokenListed(base.address()).send()).isTrue();
        assertThat(registry.tokenListed(quote.address()).send()).isTrue();
        assertThat(registry.arbiters(BigInteger.valueOf(market.arbiterId())).send())
                .isEqualToIgnoringCase(market.arbiter());
        assertThat(vault.TILL().send()).isEqualToIgnoringCase(deployment.till());
        assertThat(vault.EXIT_DELAY().send()).isEqualTo(deployment.exitDelaySeconds());
        assertThat(lens.wallet(deployment.vault(), operator.address(), quote.address())
                        .send()
                        .component1())
                .isZero();
        assertRefreshed(web3j, deployment, operator);
        assertThat(testToken(web3j, base.address()).decimals().send()).isEqualTo(18);
        assertThat(testToken(web3j, quote.address()).decimals().send()).isEqualTo(6);
        assertThat(deployment.chainId())
                .isEqualTo(web3j.ethChainId().send().getChainId().longValueExact());
        web3j.shutdown();
    }

    /** The vault said in its logs whom it obeys, and in which market. */
    private static void assertRefreshed(Web3j web3j, Deployment deployment, DevAccount operator) throws IOException {
        EthFilter filter =
                new EthFilter(DefaultBlockParameterName.EARLIEST, DefaultBlockParameterName.LATEST, deployment.vault());
        List<Log> logs = web3j.ethGetLogs(filter).send().getLogs().stream()
                .map(log -> (Log) log.get())
                .toList();
        List<IEscrowVault.MarketRefreshedEventResponse> markets = logs.stream()
                .filter(log -> log.getTopics().getFirst().equals(topic(IEscrowVault.MARKETREFRESHED_EVENT)))
                .map(IEscrowVault::getMarketRefreshedEventFromLog)
                .toList();

        assertThat(logs)
                .extracting(log -> log.getTopics().getFirst())
                .contains(topic(IEscrowVault.OPERATORREFRESHED_EVENT));
        assertThat(markets).singleElement().satisfies(market -> {
            assertThat(market.operator).isEqualToIgnoringCase(operator.address());
            assertThat(market.listed).isTrue();
            assertThat(market.arbiterId)
                    .isEqualTo(deployment.market("QBASE", "QUSD").arbiterId());
        });
    }

    private static String topic(Event event) {
        return EventEncoder.encode(event);
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
}
