package io.quoin.node.cli;

import io.quoin.node.bench.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quoin deploy}. Hardhat deploys; the build script of module contracts fetches and compiles what it needs. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Deploy the contracts to a network, or what is missing there; read everything back; write a manifest.",
            "Addresses follow from code and profile (CREATE2): what stands is left as it is, so that it is safe to run"
                    + " again, also after a run that broke off."
        },
        footer = {
            "",
            "Environment: QUOIN_RPC_URL (the network's node; default http://127.0.0.1:8545), QUOIN_DEPLOYER_KEY (the",
            "private key of who pays, 0x and 64 hexadecimal digits; a local chain's own first account pays without),",
            "QUOIN_DEPLOYMENTS (folder of the manifests; default contracts/deployments), QUOIN_DEPLOY_NEW=1 (a new vault",
            "beside the one in the manifest is meant), and the addresses that the profile names, such as QUOIN_OPERATOR.",
            "The key is never taken from the command line.",
        })
final class DeployCommand implements Callable<Integer> {
    private static final String KEY = "QUOIN_DEPLOYER_KEY";
    private static final String PROFILE_SUFFIX = ".json";

    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            required = true,
            description = "A profile of contracts/ignition/networks, such as local.")
    private String network = "";

    @Option(
            names = "--dry-run",
            description = "Only say what would be done and what it would cost, by a rehearsal on a chain in memory.")
    private boolean dryRun;

    DeployCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> networks = networks();
        if (!networks.contains(network)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no network is called " + network + ". There are: " + String.join(", ", networks));
        }
        context.openLog("deploy");
        Console console = context.console();
        console.waiting(dryRun ? "rehearsing" : "deploying");
        int status = run(process(), console);
        console.arrived();
        return status == ExitCode.OK ? ExitCode.OK : ExitCode.FAILED;
    }

    private static int run(ChildProcess process, Console console) throws InterruptedException {
        try {
            return process.run(console::line, console::complain);
        } catch (IOException e) {
            throw new CommandFailure(
                    "Hardhat deploys, and Node cannot be started: " + e.getMessage(),
                    "./quoin doctor says how to install it.",
                    e);
        }
    }

    private ChildProcess process() {
        List<String> command =
                new ArrayList<>(List.of("node", "contracts/tools/build.mjs", "deploy", "--network", network));
        if (dryRun) {
            command.add("--dry-run");
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(context.home().toFile());
        builder.environment().putAll(context.environment());
        ChildProcess child = new ChildProcess(builder);
        return Optional.ofNullable(context.environment().get(KEY))
                .map(key -> child.withSecret(KEY, key))
                .orElse(child);
    }

    private List<String> networks() throws IOException {
        Path folder = context.home().resolve("contracts/ignition/networks");
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(
                    "There are no network profiles at " + context.shown(folder) + ".",
                    "Run ./quoin deploy in a complete clone.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(PROFILE_SUFFIX))
                    .map(name -> name.substring(0, name.length() - PROFILE_SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
