package io.quoin.signer.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * How far a journal has come. Two copies of one journal at one version have one digest.
 *
 * @param journal which journal, given at its making
 * @param version how many times it was written, from 0
 * @param digest over everything that was written, in order; zero at version 0
 */
public record JournalPosition(UUID journal, long version, Bytes32 digest) {
    /** Refuses a negative version with {@link IllegalArgumentException}. */
    public JournalPosition {
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(digest, "digest");
        if (version < 0) {
            throw new IllegalArgumentException("journal: the version " + version + " is negative");
        }
    }

    /** The position after those rows were written at once. */
    public JournalPosition after(List<Held> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(JournalText.line(row)).append('\n'));
        return new JournalPosition(
                journal,
                Math.addExact(version, 1),
                Fingerprint.sha256(digest.bytes(), lines.toString().getBytes(UTF_8)));
    }
}
