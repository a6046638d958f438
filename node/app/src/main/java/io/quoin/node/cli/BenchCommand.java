package io.quoin.node.cli;

import io.quoin.node.bench.BenchContext;
import io.quoin.node.bench.Benchmark;
import io.quoin.node.bench.Benchmarks;
import io.quoin.node.bench.Figure;
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

/** {@code quoin bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure against stated bars.",
            "Ends with a line for each figure: figure <name> = <value> <unit> (bar <bar>) ok|short."
                    + " Exit status 1 if one falls short."
        })
final class BenchCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which benchmark.")
    private @Nullable String name;

    @Option(names = "--quick", description = "Within a minute or so, with less certainty.")
    private boolean quick;

    @Option(names = "--list", description = "List the benchmarks and end.")
    private boolean list;

    BenchCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = context.console();
        if (list) {
            for (Benchmark benchmark : Benchmarks.all()) {
                console.line(String.format("%-12s %s", benchmark.name(), benchmark.describe()));
            }
            return ExitCode.OK;
        }
        Benchmark benchmark = chosen();
        context.openLog("bench");
        console.line(benchmark.describe() + (quick ? " (quick)" : ""));
        console.waiting("measuring");
        List<Figure> figures =
                benchmark.run(new BenchContext(context.home(), context.state().resolve("bench"), quick, console::line));
        console.arrived();
        figures.forEach(figure -> console.line(figure.line()));
        return figures.stream().allMatch(Figure::isOk) ? ExitCode.OK : ExitCode.FAILED;
    }

    private Benchmark chosen() {
        String names =
                String.join(", ", Benchmarks.all().stream().map(Benchmark::name).toList());
        if (name == null) {
            throw new ParameterException(spec.commandLine(), "which benchmark? There are: " + names);
        }
        return Benchmarks.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no benchmark is called " + name + ". There are: " + names));
    }
}
