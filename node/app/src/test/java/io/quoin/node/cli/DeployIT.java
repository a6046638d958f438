package io.quoin.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainOptions;
import io.quoin.testnet.QuoinHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.http.HttpService;

/**
 * {@code quoin deploy} on a Hardhat chain of its own. The same on anvil, with runs that are killed and chains of other
 * numbers, is in {@code contracts/test/deploy.test.ts}.
 */
@Timeout(300)
class DeployIT {
    private static final Duration BLOCK_TIME = Duration.ofMillis(200);
    private static final String NO_KEY = "0x1234secret";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path manifests;

    private final Map<String, String> environment = new HashMap<>();

    /** What a command line printed. */
    private record Ended(int status, String said, String complained) {}

    @Test
    void deploy_saysFirst_thenDoesAll_thenFindsNothingToDo() throws IOException {
        LocalChainOptions options = LocalChainOptions.of(ChainEngine.HARDHAT)
                .withBlockTime(BLOCK_TIME)
                .withLogFile(manifests.resolve("chain.log"));
        try (LocalChain chain = LocalChain.start(options)) {
            Web3j web3 = Web3j.build(new HttpService(chain.rpcUrl().toString()));
            environment.put("QUOIN_RPC_URL", chain.rpcUrl().toString());
            Path manifest = manifests.resolve("31337.json");

            Ended dryRun = run("deploy", "--network", "local", "--dry-run");

            assertThat(dryRun.status()).as(dryRun.complained()).isEqualTo(ExitCode.OK);
            assertThat(dryRun.said()).contains("the node agrees", "nothing was sent");
            String vault = vaultIn(dryRun.said());
            assertThat(codeAt(web3, vault)).isEqualTo("0x");
            assertThat(manifest).doesNotExist();

            Ended first = run("deploy", "--network", "local");

            assertThat(first.status()).as(first.complained()).isEqualTo(ExitCode.OK);
            assertThat(vaultIn(first.said())).isEqualTo(vault);
            assertThat(first.said()).contains("manifest   " + manifest, "everything was read back");
            assertThat(codeAt(web3, vault)).hasSizeGreaterThan(1_000);
            assertThat(Files.readString(manifest)).contains(vault);

            Ended again = run("deploy", "--network", "local");

            assertThat(again.status()).as(again.complained()).isEqualTo(ExitCode.OK);
            assertThat(again.said()).doesNotContain("new ").contains("paid       0 ");
        }
    }

    @Test
    void deploy_whenItCannot_saysWhatToDo() {
        environment.put("QUOIN_RPC_URL", "http://127.0.0.1:9/key-in-the-path");

        Ended mute = run("deploy", "--network", "local");

        assertThat(mute.status()).isEqualTo(ExitCode.FAILED);
        assertThat(mute.complained())
                .contains("no node answers at 127.0.0.1:9", "./quoin testnet up", "QUOIN_RPC_URL")
                .doesNotContain("key-in-the-path");

        Ended unknown = run("deploy", "--network", "nowhere");

        assertThat(unknown.status()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.complained()).contains("base-sepolia, local, optimism-sepolia");

        environment.put("QUOIN_RPC_URL", "rpc.example.com/" + NO_KEY);
        Ended badUrl = run("deploy", "--network", "local");

        assertThat(badUrl.status()).isEqualTo(ExitCode.FAILED);
        assertThat(badUrl.complained()).contains("QUOIN_RPC_URL").doesNotContain(NO_KEY);

        environment.put("QUOIN_DEPLOYER_KEY", NO_KEY);
        Ended badKey = run("deploy", "--network", "local");

        assertThat(badKey.status()).isEqualTo(ExitCode.FAILED);
        assertThat(badKey.complained()).contains("QUOIN_DEPLOYER_KEY").doesNotContain(NO_KEY);
    }

    private Ended run(String... arguments) {
        environment.put("QUOIN_DEPLOYMENTS", manifests.toString());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        try (var console =
                new Console(new PrintStream(output, true, UTF_8), new PrintStream(complaints, true, UTF_8), false)) {
            CliContext context = new CliContext(QuoinHome.find(), environment, console, new RunLog());
            int status = Quoin.commandLine(context).execute(arguments);
            return new Ended(status, output.toString(UTF_8), complaints.toString(UTF_8));
        }
    }

    private static String vaultIn(String summary) {
        Matcher line =
                Pattern.compile("(?:new|there) +Vault +(0x[0-9a-fA-F]{40})").matcher(summary);
        assertThat(line.find()).as(summary).isTrue();
        return line.group(1);
    }

    private static String codeAt(Web3j web3, String address) throws IOException {
        return web3.ethGetCode(address, DefaultBlockParameterName.LATEST).send().getCode();
    }
}
