package io.quoin.node.cli;

import io.quoin.node.local.LocalMarkets;
import io.quoin.node.local.LocalOperator;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.DevAccount;
import io.quoin.testnet.DockerTestnet;
import io.quoin.testnet.LocalTestnet;
import io.quoin.testnet.TestnetManifest;
import io.quoin.testnet.TestnetStatus;
import io.quoin.testnet.UpOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quoin testnet}. */
@Command(
        name = "testnet",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "up|down|status|fund",
        description = "Start, stop and look at a local chain with the contracts deployed; it lives on by itself.")
final class TestnetCommand implements Runnable {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    private static final int ETHER_DECIMALS = 18;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private TestnetCommand() {}

    static CommandLine line(CliContext context) {
        var line = new CommandLine(new TestnetCommand());
        line.addSubcommand(new Up(context));
        line.addSubcommand(new Down(context));
        line.addSubcommand(new Status(context));
        line.addSubcommand(new Fund(context));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: up, down, status or fund?");
    }

    private static void show(Console console, TestnetManifest manifest) {
        Deployment deployment = manifest.deployment();
        String runner = manifest.docker()
                ? "Docker"
                : manifest.engine().name().toLowerCase(Locale.ROOT) + ", process " + manifest.pid();
        console.line("  chain     " + manifest.rpcUrl() + "  (" + runner + ", chain id " + deployment.chainId() + ")");
        console.line("  vault     " + deployment.vault());
        console.line("  operator  " + deployment.operator());
        deployment
                .tokens()
                .forEach(token -> console.line(
                        String.format("  %-8s  %s  %d decimals", token.symbol(), token.address(), token.decimals())));
        console.line("  log       " + (manifest.docker() ? "docker compose logs" : manifest.logFile()));
    }

    private static TestnetManifest running(CliContext context) {
        if (LocalTestnet.status(context.home()) instanceof TestnetStatus.Up(TestnetManifest manifest)) {
            return manifest;
        }
        throw new CommandFailure("no testnet runs here", "start one: ./quoin testnet up");
    }

    /** {@code quoin testnet up}. */
    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Start a chain, deploy the contracts, write .quoin/testnet.json and .quoin/deployment.json.")
    static final class Up implements Callable<Integer> {
        private final CliContext context;

        @Option(
                names = "--chain",
                paramLabel = "hardhat|anvil",
                defaultValue = "HARDHAT",
                description = "Which chain to start. Default: hardhat.")
        private ChainEngine engine = ChainEngine.HARDHAT;

        @Option(
                names = "--port",
                converter = PortNumber.class,
                paramLabel = "PORT",
                defaultValue = "8545",
                description = "The chain's port on 127.0.0.1; 0 for any free one. Default: 8545.")
        private int port;

        @Option(names = "--docker", description = "Run the chains of testnet/compose.yaml by Docker.")
        private boolean docker;

        Up(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            Console console = context.console();
            context.openLog("testnet-command");
            console.waiting("opening the operator's key");
            LocalOperator operator = LocalOperator.openOrCreate(NodeFiles.folder(context));
            console.waiting("starting the testnet");
            TestnetManifest manifest = docker
                    ? DockerTestnet.up(context.home(), operator.address(), console::line)
                    : LocalTestnet.up(
                            new UpOptions(context.home(), engine, port, BLOCK_TIME, operator.address()), console::line);
            LocalMarkets.of(manifest.deployment()).write(NodeFiles.deployment(context));
            console.arrived();
            show(console, manifest);
            console.line("Accounts with ether; the whole world has their keys:");
            DevAccount.all().stream()
                    .limit(3)
                    .forEach(account -> console.line("  " + account.address() + "  " + account.privateKey()));
            console.line("Next: ./quoin node   (stop the chain: ./quoin testnet down)");
            return ExitCode.OK;
        }
    }

    /** {@code quoin testnet down}. */
    @Command(name = "down", mixinStandardHelpOptions = true, description = "Stop the chain and forget it.")
    static final class Down implements Callable<Integer> {
        private final CliContext context;

        Down(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            context.openLog("testnet-command");
            boolean stopped = LocalTestnet.down(context.home());
            Files.deleteIfExists(NodeFiles.deployment(context));
            context.console().line(stopped ? "The testnet is stopped." : "No testnet was running.");
            return ExitCode.OK;
        }
    }

    /** {@code quoin testnet status}. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Say whether the chain runs and answers. Exit status 1 if it does not.")
    static final class Status implements Callable<Integer> {
        private final CliContext context;

        Status(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            context.openLog("testnet-command");
            Console console = context.console();
            return switch (LocalTestnet.status(context.home())) {
                case TestnetStatus.Up(TestnetManifest manifest) -> {
                    console.line("The testnet runs.");
                    show(console, manifest);
                    yield ExitCode.OK;
                }
                case TestnetStatus.Broken(TestnetManifest manifest, String reason) -> {
                    console.line("The testnet at " + manifest.rpcUrl() + " is of no use: " + reason + ".");
                    console.line("Next: ./quoin testnet up   replaces it");
                    yield ExitCode.FAILED;
                }
                case TestnetStatus.Down() -> {
                    console.line("No testnet runs here. Next: ./quoin testnet up");
                    yield ExitCode.FAILED;
                }
            };
        }
    }

    /** {@code quoin testnet fund}. */
    @Command(
            name = "fund",
            mixinStandardHelpOptions = true,
            description = "Give an account ether, or a test token that is made for it.")
    static final class Fund implements Callable<Integer> {
        private final CliContext context;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "ADDRESS", description = "The account.")
        private String account = "";

        @Parameters(index = "1", paramLabel = "AMOUNT", description = "How much, in whole tokens or ether.")
        private BigDecimal amount = BigDecimal.ZERO;

        @Parameters(
                index = "2",
                arity = "0..1",
                paramLabel = "TOKEN",
                description = "QBASE, QUSD, or ETH, which is the default.")
        private @Nullable String token;

        Fund(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            context.openLog("testnet-command");
            if (!account.matches("0x[0-9a-fA-F]{40}")) {
                throw new ParameterException(spec.commandLine(), account + " is no address: 0x and 40 hex digits");
            }
            TestnetManifest manifest = running(context);
            String symbol = token == null ? "ETH" : token.toUpperCase(Locale.ROOT);
            int decimals = symbol.equals("ETH")
                    ? ETHER_DECIMALS
                    : known(manifest, symbol).decimals();
            if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > decimals) {
                throw new ParameterException(
                        spec.commandLine(), "the amount is positive and has at most " + decimals + " decimals");
            }
            var units = amount.movePointRight(decimals).toBigIntegerExact();
            context.console().waiting("funding " + account);
            if (symbol.equals("ETH")) {
                ContractDeployer.fundEther(manifest.rpcUrl(), account, units);
            } else {
                ContractDeployer.fund(manifest.rpcUrl(), known(manifest, symbol).address(), account, units);
            }
            context.console().line(account + " got " + amount.toPlainString() + " " + symbol + ".");
            return ExitCode.OK;
        }

        private Deployment.Token known(TestnetManifest manifest, String symbol) {
            return manifest.deployment().tokens().stream()
                    .filter(candidate -> candidate.symbol().equals(symbol))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "this testnet has no " + symbol + "; it has ETH, QBASE and QUSD"));
        }
    }
}
