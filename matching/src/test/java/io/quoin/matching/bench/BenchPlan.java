package io.quoin.matching.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What a run measures and how often.
 *
 * @param streams the streams
 * @param contenders the engines, in the order in which they take turns
 * @param rounds how many JVMs each engine gets for each stream; every round goes through all of them
 * @param size how much a JVM does
 * @param heap the size of a JVM's heap
 */
record BenchPlan(List<StreamSpec> streams, List<Contender> contenders, int rounds, Size size, String heap) {
    private static final List<String> QUICK_STREAMS = List.of("ec", "mkt", "mkt-mixed", "sweep");
    private static final int LARGE = 100_000;

    /**
     * How much a JVM does.
     *
     * @param settle commands that warm a book after it was filled
     * @param timed commands that are timed
     * @param repeats how often they are replayed
     * @param large how often they are on a stream with more resting orders than a processor's cache has room for
     */
    record Size(int settle, int timed, Repeats repeats, Repeats large) {}

    /**
     * How often a JVM replays a stream.
     *
     * @param warmups replays that do not count
     * @param replays replays that count
     * @param latencies replays in which every command's latency is measured, after one that does not count
     */
    record Repeats(int warmups, int replays, int latencies) {
        private int all() {
            return warmups + replays + 1 + latencies;
        }

        @Override
        public String toString() {
            return warmups + " replays that do not count, " + replays + " that do and " + latencies + " for latencies";
        }
    }

    /** Returns the plan that published figures come from. */
    static BenchPlan full() {
        Size size = new Size(200_000, 2_000_000, new Repeats(4, 5, 1), new Repeats(2, 3, 1));
        return new BenchPlan(StreamSpec.all(), Contender.all(), 3, size, "3g");
    }

    /** Returns the plan that ends within a minute or so: fewer streams, a fifth of the commands, one JVM each. */
    static BenchPlan quick() {
        List<StreamSpec> streams = StreamSpec.all().stream()
                .filter(spec -> QUICK_STREAMS.contains(spec.name()))
                .toList();
        Size size = new Size(100_000, 400_000, new Repeats(5, 7, 1), new Repeats(2, 3, 1));
        return new BenchPlan(streams, Contender.all(), 1, size, "1g");
    }

    /** Returns what arguments ask for: {@code --quick}, {@code --streams=a,b}, {@code --engines=a,b}, {@code --rounds=1}. */
    static BenchPlan of(List<String> arguments) {
        BenchPlan plan = arguments.contains("--quick") ? quick() : full();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            plan = switch (argument.substring(0, argument.length() - value.length())) {
                case "--streams=" -> plan.withStreams(Arrays.asList(value.split(",", -1)));
                case "--engines=" -> plan.withContenders(Arrays.asList(value.split(",", -1)));
                case "--rounds=" -> plan.withRounds(Integer.parseInt(value));
                default -> plan.with(argument);
            };
        }
        return plan;
    }

    /** Returns how often a JVM replays that stream. */
    Repeats repeats(StreamSpec spec) {
        return spec.resting() > LARGE ? size.large() : size.repeats();
    }

    /** Returns how many commands a JVM of that stream goes through, which is what its time depends on. */
    long work(StreamSpec spec) {
        long commands = (long) spec.resting() + size.settle() + size.timed();
        return commands * repeats(spec).all();
    }

    /** Returns how many commands all JVMs go through. */
    long work() {
        return streams.stream().mapToLong(this::work).sum() * contenders.size() * rounds;
    }

    /** Returns all that in a line. */
    String describe() {
        return "streams "
                + String.join(", ", streams.stream().map(StreamSpec::name).toList())
                + "; engines "
                + String.join(", ", contenders.stream().map(Contender::name).toList())
                + "; " + rounds + " JVM(s) for each of both, which makes " + size.repeats()
                + " (deep: " + size.large() + ")";
    }

    private BenchPlan with(String argument) {
        if (!argument.equals("--quick")) {
            throw new IllegalArgumentException(
                    "no such option: " + argument + "; there are --quick, --streams=a,b, --engines=a,b and --rounds=1");
        }
        return this;
    }

    private BenchPlan withStreams(List<String> names) {
        List<StreamSpec> chosen = names.stream()
                .map(name -> StreamSpec.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no stream is called " + name)))
                .toList();
        return new BenchPlan(chosen, contenders, rounds, size, heap);
    }

    private BenchPlan withContenders(List<String> names) {
        List<Contender> chosen = names.stream()
                .map(name -> Contender.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("no engine is called " + name)))
                .toList();
        return new BenchPlan(streams, chosen, rounds, size, heap);
    }

    private BenchPlan withRounds(int count) {
        return new BenchPlan(streams, contenders, count, size, heap);
    }
}
