package io.quoin.node.bench;

import java.io.IOException;
import java.util.List;

/** Something that can be measured: {@code ./quoin bench <name>}. */
public interface Benchmark {
    /** Returns the name that it is called by. */
    String name();

    /** Returns in one sentence what it measures. */
    String describe();

    /**
     * Measures.
     *
     * @throws IOException if what is measured cannot be run; the message says why
     * @throws BenchFailure if what is measured does not work, so that there is nothing to measure
     */
    List<Figure> run(BenchContext context) throws IOException, InterruptedException;
}
