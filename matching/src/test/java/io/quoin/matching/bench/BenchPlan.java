package io.quoin.matching.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What a run measures and how often.
 *
 * @param streams the streams
 * @param contenders the engines, in the order in which they take turns
 * @param rounds how many JVMs each engine gets for each stream; every round goes through all of them
 * @param warmups replays of a JVM that do not count
 * @param replays replays of a JVM that count
 * @param settle commands that warm a book after it was filled
 * @param timed commands that are timed
 * @param latencyReplays replays of a JVM in which every command's latency is measured
 * @param heap the size of a JVM's heap
 */
record BenchPlan(
        List<StreamSpec> streams,
        List<Contender> contenders,
        int rounds,
        int warmups,
        int replays,
        int settle,
        int timed,
        int latencyReplays,
        String heap) {
    private static final List<String> QUICK_STREAMS = List.of("ec", "mkt", "mkt-mixed", "sweep");

    /** Returns the plan that published figures come from. */
    static BenchPlan full() {
        return new BenchPlan(StreamSpec.all(), Contender.all(), 3, 3, 5, 200_000, 2_000_000, 2, "3g");
    }

    /** Returns the plan that ends within a minute or so: fewer streams, a fifth of the commands, one JVM each. */
    static BenchPlan quick() {
        List<StreamSpec> streams = StreamSpec.all().stream()
                .filter(spec -> QUICK_STREAMS.contains(spec.name()))
                .toList();
        return new BenchPlan(streams, Contender.all(), 1, 2, 3, 100_000, 400_000, 1, "1g");
    }

    /** Returns the plan that arguments ask for: {@code --quick}, {@code --streams=a,b}, {@code --engines=a,b}. */
    static BenchPlan of(List<String> arguments) {
        BenchPlan plan = arguments.contains("--quick") ? quick() : full();
        for (String argument : arguments) {
            if (argument.startsWith("--streams=")) {
                plan = plan.withStreams(names(argument));
            } else if (argument.startsWith("--engines=")) {
                plan = plan.withContenders(names(argument));
            } else if (!argument.equals("--quick")) {
                throw new IllegalArgumentException(
                        "no such option: " + argument + "; there are --quick, --streams=a,b and --engines=a,b");
            }
        }
        return plan;
    }

    private BenchPlan withStreams(List<String> names) {
        List<StreamSpec> chosen = names.stream()
                .map(name -> StreamSpec.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no stream is called " + name)))
                .toList();
        return new BenchPlan(chosen, contenders, rounds, warmups, replays, settle, timed, latencyReplays, heap);
    }

    private BenchPlan withContenders(List<String> names) {
        List<Contender> chosen = names.stream()
                .map(name -> Contender.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no engine is called " + name)))
                .toList();
        return new BenchPlan(streams, chosen, rounds, warmups, replays, settle, timed, latencyReplays, heap);
    }

    /** Returns how many commands a JVM of that stream goes through, which is what its time depends on. */
    long work(StreamSpec spec) {
        long commands = (long) spec.resting() + settle + timed;
        return commands * (1 + warmups + replays + 1 + latencyReplays);
    }

    /** Returns all that in a line. */
    String describe() {
        return streams.size() + " streams, " + contenders.size() + " engines, " + rounds + " JVM"
                + (rounds == 1 ? "" : "s") + " each; a JVM makes " + warmups + " replays that do not count, " + replays
                + " that do, and " + latencyReplays + " for latencies";
    }

    private static List<String> names(String argument) {
        return Arrays.asList(argument.substring(argument.indexOf('=') + 1).split(",", -1));
    }
}
