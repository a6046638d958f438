package io.quoin.node.bench;

import java.util.List;
import java.util.Optional;

/** Every benchmark there is. Stateless. */
public final class Benchmarks {
    private static final List<Benchmark> ALL =
            List.of(new DemoBenchmark(), new MatchingBenchmark(), new GasBenchmark(), new SigningBenchmark());

    private Benchmarks() {}

    /** Returns all of them, by name. */
    public static List<Benchmark> all() {
        return ALL;
    }

    /** Returns the one of that name. */
    public static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }
}
