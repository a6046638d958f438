package io.quoin.node.bench;

import java.io.IOException;
import java.util.List;

/** Measures matching beside other open engines. */
final class MatchingBenchmark implements Benchmark {
    @Override
    public String name() {
        return "matching";
    }

    @Override
    public String describe() {
        return "time per command of the order book and of the whole engine, beside exchange-core and parity-match";
    }

    @Override
    public List<Figure> run(BenchContext context) throws IOException, InterruptedException {
        List<String> flags = List.of("-Xmx512m", "--sun-misc-unsafe-memory-access=allow");
        return new TestProgram("matching", "io.quoin.matching.bench.MatchingBench", flags).run(context);
    }
}
