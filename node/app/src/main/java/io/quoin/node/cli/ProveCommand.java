package io.quoin.node.cli;

import io.quoin.node.bench.Figure;
import io.quoin.node.bench.Proof;
import io.quoin.node.bench.ProofContext;
import io.quoin.node.bench.Proofs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quoin prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Run a test that takes too long for every build.",
            "Ends with a line for each figure: figure <name> = <value> <unit> (bar <bar>) ok|short."
                    + " Exit status 1 if one falls short or the contrary was shown."
        })
final class ProveCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which proof.")
    private @Nullable String name;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "How many random commands, for matching-model (${DEFAULT-VALUE}).")
    private long commands;

    @Option(names = "--list", description = "List the proofs and end.")
    private boolean list;

    ProveCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = context.console();
        if (list) {
            for (Proof proof : Proofs.all()) {
                console.line(String.format("%-17s %s", proof.name(), proof.describe()));
            }
            return ExitCode.OK;
        }
        Proof proof = chosen();
        context.openLog("prove");
        console.line(proof.describe());
        console.waiting("proving");
        List<Figure> figures =
                proof.run(new ProofContext(context.home(), context.state().resolve("prove"), commands, console::line));
        console.arrived();
        figures.forEach(figure -> console.line(figure.line()));
        return figures.stream().allMatch(Figure::isOk) ? ExitCode.OK : ExitCode.FAILED;
    }

    private Proof chosen() {
        String names = String.join(", ", Proofs.all().stream().map(Proof::name).toList());
        if (name == null) {
            throw new ParameterException(spec.commandLine(), "which proof? There are: " + names);
        }
        if (commands < 1) {
            throw new ParameterException(spec.commandLine(), "--commands is 1 or more, not " + commands);
        }
        return Proofs.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no proof is called " + name + ". There are: " + names));
    }
}
