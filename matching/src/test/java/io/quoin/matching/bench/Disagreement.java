package io.quoin.matching.bench;

import java.io.Serial;

/** Two engines did not do the same, so that their times cannot be compared. */
final class Disagreement extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Disagreement(String stream, String words) {
        super("The engines disagree on stream " + stream + ", first at " + words);
    }
}
