package io.quoin.node.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quoin.node.bench.Figure.Better;
import io.quoin.node.demo.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures {@code ./quoin demo} as a person would: the command itself, in a process of its own, from the first line of
 * the launcher on. Full is the median of five runs, quick is one run; the build is up to date in either.
 */
final class DemoBenchmark implements Benchmark {
    private static final int FULL_RUNS = 5;
    private static final long RUN_LIMIT_MINUTES = 10;
    private static final String UNIT = "s";
    private static final double MILLIS = 1000.0;

    /** Seconds that a node may take from its start to ready. */
    private static final double NODE_READY_BAR = 8;
    /** Seconds from the command to a node that is ready, everything else running too. */
    private static final double UP_BAR = 20;
    /** Seconds from the command to the settled trade. */
    private static final double SETTLED_BAR = 60;

    /** How the totals' bars are shared out; the chain's own blocks set the pace from FUNDED on. */
    private static final Map<Phase, Double> BARS = new EnumMap<>(Map.of(
            Phase.LAUNCH, 2.0,
            Phase.CHAIN_UP, 8.0,
            Phase.DATABASE_UP, 5.0,
            Phase.DEPLOYED, 7.0,
            Phase.NODE_READY, NODE_READY_BAR,
            Phase.FUNDED, 15.0,
            Phase.MATCHED, 2.0,
            Phase.LOCKED, 12.0,
            Phase.SETTLED, 12.0,
            Phase.CHECKED, 15.0));

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String describe() {
        return "time from the command `./quoin demo` to the settled trade, by phase";
    }

    @Override
    public List<Figure> run(BenchContext context) throws IOException, InterruptedException {
        int runs = context.quick() ? 1 : FULL_RUNS;
        List<Map<Phase, Double>> measured = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            Map<Phase, Double> ends = runOnce(context, run);
            measured.add(ends);
            context.progress()
                    .accept(String.format(
                            Locale.ROOT,
                            "run %d of %d: node ready after %.1f s, trade settled after %.1f s",
                            run,
                            runs,
                            ends.get(Phase.NODE_READY),
                            ends.get(Phase.SETTLED)));
        }
        return figures(measured);
    }

    static List<Figure> figures(List<Map<Phase, Double>> runs) {
        List<Figure> figures = new ArrayList<>();
        List<Double> starts = runs.stream().map(_ -> 0.0).toList();
        for (Phase phase : Phase.values()) {
            List<Double> ends = runs.stream().map(run -> end(run, phase)).toList();
            List<Double> lengths = new ArrayList<>();
            for (int run = 0; run < ends.size(); run++) {
                lengths.add(ends.get(run) - starts.get(run));
            }
            String name = "demo_phase_" + phase.name().toLowerCase(Locale.ROOT);
            figures.add(new Figure(name, median(lengths), UNIT, BARS.getOrDefault(phase, Double.NaN), Better.LESS));
            starts = ends;
        }
        figures.add(total("demo_up", runs, Phase.NODE_READY, UP_BAR));
        figures.add(total("demo_settled", runs, Phase.SETTLED, SETTLED_BAR));
        return List.copyOf(figures);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static Figure total(String name, List<Map<Phase, Double>> runs, Phase end, double bar) {
        double seconds = median(runs.stream().map(ends -> end(ends, end)).toList());
        return new Figure(name, seconds, UNIT, bar, Better.LESS);
    }

    private static double end(Map<Phase, Double> ends, Phase phase) {
        return ends.getOrDefault(phase, Double.NaN);
    }

    private static Map<Phase, Double> runOnce(BenchContext context, int run) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(context.directory());
        Path timings = folder.resolve("demo-" + run + ".json");
        Path output = folder.resolve("demo-" + run + ".log");
        Files.deleteIfExists(timings);
        ProcessBuilder builder = new ProcessBuilder(
                        context.home().resolve("quoin").toString(),
                        "demo",
                        "--http-port=0",
                        "--directory=" + folder.resolve("demo"),
                        "--timings=" + timings)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("QUOIN_TERMINAL");
        Process demo = builder.start();
        try {
            boolean ended = demo.waitFor(RUN_LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended || demo.exitValue() != 0) {
                throw new BenchFailure("./quoin demo " + (ended ? "failed" : "did not end") + " in run " + run
                        + "; what it said is in " + output);
            }
        } finally {
            demo.destroy(); // also when Ctrl-C ends this process; the demo then ends all that it started
        }
        return read(timings);
    }

    private static Map<Phase, Double> read(Path timings) throws IOException {
        JsonNode millis = new ObjectMapper().readTree(timings.toFile());
        Map<Phase, Double> ends = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            if (millis.has(phase.name())) {
                ends.put(phase, millis.get(phase.name()).asLong() / MILLIS);
            }
        }
        return ends;
    }
}
