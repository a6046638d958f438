package io.quoin.node.store.signing;

import io.quoin.signer.journal.ValueLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * How a journal is opened.
 *
 * @param holder what other signers are told of this one: host and process
 * @param lease for how long nobody else may take the journal when this signer falls silent, from 100 ms
 * @param checkpoint the file that outlives a restored database, at best on another host's disk
 * @param limits the sliding windows
 * @param time the signer's clock, for the windows
 */
public record JournalOptions(
        String holder, Duration lease, Path checkpoint, List<ValueLimit> limits, InstantSource time) {
    /** A lease that a short garbage collection or a restart of the database does not lose. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration LEASE_MIN = Duration.ofMillis(100);

    /** Refuses a lease below 100 ms and a blank holder, with {@link IllegalArgumentException}. */
    public JournalOptions {
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(time, "time");
        limits = List.copyOf(limits);
        if (holder.isBlank() || lease.compareTo(LEASE_MIN) < 0) {
            throw new IllegalArgumentException(
                    "journal: a holder's name and a lease of at least " + LEASE_MIN + " are needed");
        }
    }
}
