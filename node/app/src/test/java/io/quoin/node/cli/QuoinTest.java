package io.quoin.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class QuoinTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "node",
                "testnet",
                "testnet up",
                "testnet down",
                "testnet status",
                "testnet fund",
                "deploy",
                "bench",
                "prove",
                "switch",
                "switch list",
                "switch on",
                "switch off",
                "signer",
                "signer audit",
                "signer audit verify",
                "doctor"
            })
    void help_whenAskedOfAnyCommand_explainsItAndIsDone(String command) {
        assertThat(run((command + " --help").split(" ", -1))).isEqualTo(ExitCode.OK);

        assertThat(said()).contains("Usage: quoin " + command);
    }

    @Test
    void version_namesQuoinAndJava() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);

        assertThat(said()).contains("quoin ").contains("Java 25");
    }

    @Test
    void rootHelp_documentsExitStatusAndEnvironment() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);

        assertThat(said()).contains("Exit status: 0 done").contains("QUOIN_DB_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "testnet",
                "switch",
                "signer",
                "signer audit",
                "signer audit verify",
                "signer audit verify --checkpoints a",
                "deploy",
                "deploy --network",
                "bench",
                "bench nothing",
                "prove",
                "prove nothing",
                "prove matching-model --commands 0",
                "prove matching-model --commands many",
                "demo --chain geth",
                "demo --http-port many",
                "testnet fund 0x12 1",
                "switch off new-locks",
                "switch off everything --reason test",
                "switch off new-locks --reason ' '"
            })
    void usage_whenNotUnderstood_isTwoAndSaysWhereHelpIs(String line) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThat(run(words)).isEqualTo(ExitCode.USAGE);

        assertThat(complained()).startsWith("quoin: ").contains("--help").doesNotContain("Exception", "\tat ");
    }

    @Test
    void option_whenMisspelt_isSuggested() {
        assertThat(run("demo", "--kep")).isEqualTo(ExitCode.USAGE);

        assertThat(complained()).contains("--kep").contains("did you mean", "--keep");
    }

    @Test
    void option_whenItsVariableIsWrong_namesTheVariable() {
        environment.put("QUOIN_HTTP_PORT", "many");

        assertThat(run("demo")).isEqualTo(ExitCode.USAGE);

        assertThat(complained()).contains("many").contains("QUOIN_HTTP_PORT");
    }

    @Test
    void bench_whenAsked_listsWhatThereIs() {
        assertThat(run("bench", "--list")).isEqualTo(ExitCode.OK);

        assertThat(said()).contains("demo ").contains("settled trade").contains("gas ");
    }

    @Test
    void prove_whenAsked_listsWhatThereIs() {
        assertThat(run("prove", "--list")).isEqualTo(ExitCode.OK);

        assertThat(said()).contains("matching-model ").contains("matching-mutants ");
    }

    @Test
    void demo_whenThePortIsTaken_saysByWhomAndWhatToDo() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(socket.getLocalPort());

            assertThat(run("demo", "--http-port", port)).isEqualTo(ExitCode.FAILED);

            assertThat(complained())
                    .contains("port " + port + " on 127.0.0.1 is taken")
                    .contains("--http-port")
                    .contains("Details: .quoin/demo/quoin.log")
                    .doesNotContain("Exception", "\tat ");
        }
        assertThat(home.resolve(".quoin/demo/quoin.log")).content().contains("DemoFailure");
    }

    @Test
    void demo_whenTheDatabaseUrlIsWrong_saysSoWithoutItsPassword() {
        environment.put("QUOIN_DB_URL", "mysql://u:secret@h/d");

        assertThat(run("demo")).isEqualTo(ExitCode.FAILED);

        assertThat(complained()).contains("QUOIN_DB_URL").doesNotContain("secret");
    }

    @Test
    void node_whenThereIsNoChain_saysHowToGetOne() {
        assertThat(run("node")).isEqualTo(ExitCode.FAILED);

        assertThat(complained()).contains("./quoin testnet up").contains("--rpc-url");
    }

    @Test
    void node_whenThereIsNoDeployment_saysHowToGetOne() {
        environment.put("QUOIN_RPC_URL", "http://127.0.0.1:1");

        assertThat(run("node")).isEqualTo(ExitCode.FAILED);

        assertThat(complained()).contains("deployment.json").contains("--deployment");
    }

    @Test
    void node_whenTheChainHasValue_makesNoPasswordUp() throws IOException {
        Path deployment = home.resolve("sepolia.json");
        Files.writeString(deployment, """
                {"chain": "eip155:11155111", "vault": "0x5FbDB2315678afecb367f032d93F642f64180aa3", "startBlock": 0,
                 "confirmations": 12, "assets": [], "markets": []}
                """);

        assertThat(run("node", "--rpc-url", "http://127.0.0.1:1", "--deployment", deployment.toString()))
                .isEqualTo(ExitCode.FAILED);

        assertThat(complained()).contains("eip155:11155111").contains("QUOIN_KEYSTORE_PASSWORD_FILE");
        assertThat(home.resolve(".quoin/node/operator.password")).doesNotExist();
    }

    @Test
    void deploy_whenTheNetworkIsUnknown_namesTheKnownOnes() throws IOException {
        Path networks = Files.createDirectories(home.resolve("contracts/ignition/networks"));
        for (String name : List.of("local", "base-sepolia")) {
            Files.writeString(networks.resolve(name + ".json"), "{}");
        }

        assertThat(run("deploy", "--network", "nowhere")).isEqualTo(ExitCode.USAGE);

        assertThat(complained()).contains("nowhere").contains("There are: base-sepolia, local");
    }

    @Test
    void deploy_outsideOfAClone_saysSo() {
        assertThat(run("deploy", "--network", "local")).isEqualTo(ExitCode.FAILED);

        assertThat(complained()).contains("no network profiles").contains("complete clone");
    }

    @Test
    void deploy_saysWhichVariablesItTakes() {
        assertThat(run("deploy", "--help")).isEqualTo(ExitCode.OK);

        assertThat(said()).contains("--dry-run", "QUOIN_RPC_URL", "QUOIN_DEPLOYER_KEY", "QUOIN_DEPLOYMENTS");
    }

    @Test
    void switches_whenNoNodeEverRan_saysSo() {
        assertThat(run("switch", "list")).isEqualTo(ExitCode.FAILED);

        assertThat(complained()).contains("no node has ever run here");
    }

    private int run(String... arguments) {
        try (var console =
                new Console(new PrintStream(output, true, UTF_8), new PrintStream(complaints, true, UTF_8), false)) {
            CommandLine line = Quoin.commandLine(new CliContext(home, environment, console, new RunLog()));
            line.setOut(new PrintWriter(output, true, UTF_8));
            line.setErr(new PrintWriter(complaints, true, UTF_8));
            return line.execute(arguments);
        }
    }

    private String said() {
        return output.toString(UTF_8);
    }

    private String complained() {
        return complaints.toString(UTF_8);
    }
}
