package io.quoin.node.bench;

import java.io.IOException;
import java.util.List;

/** A test that takes too long for every build: {@code ./quoin prove <name>}. */
public interface Proof {
    /** Returns the name that it is called by. */
    String name();

    /** Returns in one sentence what it shows. */
    String describe();

    /**
     * Runs it.
     *
     * @return what it came to
     * @throws IOException if what it says cannot be written
     * @throws BenchFailure if it cannot be run, or showed the contrary
     */
    List<Figure> run(ProofContext context) throws IOException, InterruptedException;
}
