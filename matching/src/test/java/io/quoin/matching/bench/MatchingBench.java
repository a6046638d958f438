package io.quoin.matching.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the matching benchmark: {@code ./quoin bench matching} starts it. In every round each stream is replayed by one
 * new JVM for each engine, one after the other, so that what else the machine does hits all of them alike. Exit status
 * 1 if an engine disagrees or cannot be measured; whether figures fall short is for the reader of their lines.
 */
public final class MatchingBench {
    /** The same for every engine. The last two are for Agrona, which Quoin's own engine uses, and for JMH itself. */
    private static final List<String> JVM_FLAGS = List.of(
            "-XX:+UseG1GC",
            "-XX:+AlwaysPreTouch",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final BenchPlan plan;
    private final Path folder;
    private final PrintStream out;
    private final Results results = new Results();
    private final Set<String> described = new HashSet<>();
    private final TimeLeft timeLeft;

    private MatchingBench(BenchPlan plan, Path folder, PrintStream out) {
        this.plan = plan;
        this.folder = folder;
        this.out = out;
        long work = 0;
        for (StreamSpec stream : plan.streams()) {
            work += plan.work(stream) * plan.contenders().size() * plan.rounds();
        }
        this.timeLeft = new TimeLeft(work);
    }

    /** Runs it; the arguments are those of {@link BenchPlan}. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // several clones may measure, one after the other
        Path folder = Files.createTempDirectory("quoin-bench");
        try {
            BenchPlan plan = BenchPlan.of(List.of(arguments));
            new MatchingBench(plan, folder, System.out).run();
        } catch (IllegalArgumentException | Disagreement e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } finally {
            Files.deleteIfExists(folder.resolve("report"));
            Files.deleteIfExists(folder);
        }
    }

    private void run() throws IOException, RunnerException {
        out.println(plan.describe());
        out.println("flags of every JVM: " + String.join(" ", flags()));
        for (int round = 1; round <= plan.rounds(); round++) {
            for (StreamSpec stream : plan.streams()) {
                for (Contender contender : plan.contenders()) {
                    measure(round, stream, contender);
                }
            }
        }
        ResultTable.lines(results).forEach(out::println);
        Bars.lines(results, plan.contenders()).forEach(out::println);
    }

    private void measure(int round, StreamSpec stream, Contender contender) throws IOException, RunnerException {
        Path file = folder.resolve("report");
        Files.deleteIfExists(file);
        List<Double> nanos;
        try {
            nanos = nanos(new Runner(options(stream, contender, file)).runSingle());
        } catch (RunnerException e) {
            String words = ForkReport.read(file).map(ForkReport::disagreement).orElse("");
            if (words.isEmpty()) {
                throw e;
            }
            throw new Disagreement(stream.name(), words);
        }
        ForkReport report = ForkReport.read(file)
                .orElseThrow(() -> new IOException(contender.name() + " reported nothing on " + stream.name()));
        if (described.add(stream.name())) {
            out.println("stream " + stream.name() + ": " + report.shape());
        }
        results.of(stream.name(), contender.name()).add(nanos, report);
        timeLeft.done(plan.work(stream));
        out.println(String.format(
                Locale.ROOT,
                "round %d of %d  %-9s  %-13s  %6.1f ns  %s",
                round,
                plan.rounds(),
                stream.name(),
                contender.name(),
                Measured.median(nanos),
                timeLeft.describe()));
    }

    private List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("-Xms" + plan.heap(), "-Xmx" + plan.heap()));
        flags.addAll(JVM_FLAGS);
        return flags;
    }

    private List<Double> nanos(RunResult result) {
        return result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(iteration -> iteration.getPrimaryResult().getScore() / plan.timed())
                .toList();
    }

    private Options options(StreamSpec stream, Contender contender, Path file) {
        return new OptionsBuilder()
                .include("^" + StreamReplay.class.getName().replace(".", "\\.") + "\\.replay$")
                .param("stream", stream.name())
                .param("engine", contender.name())
                .param("settle", Integer.toString(plan.settle()))
                .param("timed", Integer.toString(plan.timed()))
                .param("latencyReplays", Integer.toString(plan.latencyReplays()))
                .forks(1)
                .warmupIterations(plan.warmups())
                .measurementIterations(plan.replays())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(flags().toArray(String[]::new))
                .jvmArgsAppend("-D" + ForkReport.FILE + "=" + file, "-Dslf4j.internal.verbosity=ERROR")
                .build();
    }
}
