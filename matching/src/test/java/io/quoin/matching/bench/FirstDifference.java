package io.quoin.matching.bench;

import java.util.List;
import java.util.Optional;

/** Finds the command at which an engine first does something else than the plain book. */
final class FirstDifference {
    private FirstDifference() {}

    /** Returns in words where and how, or nothing if they agree on the whole stream. */
    static Optional<String> find(CommandStream stream, Contender contender) {
        Transcript expected = new Transcript();
        Transcript actual = new Transcript();
        Replay plain = new BookReplay(stream, new TreeMapBook(expected), expected);
        Replay other = contender.factory().prepare(stream, actual);
        for (int i = 0; i < stream.size(); i++) {
            plain.replay(i, i + 1);
            other.replay(i, i + 1);
            boolean same = plain.checksum() == other.checksum();
            List<String> right = expected.take();
            List<String> said = actual.take();
            if (!same) {
                return Optional.of("command " + i + " of " + stream.size() + " (" + stream.describe(i) + "): "
                        + contender.name() + " says " + said + ", treemap says " + right);
            }
        }
        return Optional.empty();
    }
}
