package io.quoin.signer.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A whole journal at one moment.
 *
 * @param position how far it had come
 * @param rows every slot, one row each
 * @param counted what was signed away
 */
public record JournalSnapshot(JournalPosition position, List<Held> rows, List<Counted> counted) {
    /**
     * A spending as it was counted.
     *
     * @param at when, whole milliseconds
     * @param key which key signed
     * @param spending what of which asset
     */
    public record Counted(Instant at, KeyName key, Spending spending) {
        /** Takes any. */
        public Counted {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(spending, "spending");
        }
    }

    /** Copies the lists. */
    public JournalSnapshot {
        Objects.requireNonNull(position, "position");
        rows = List.copyOf(rows);
        counted = List.copyOf(counted);
    }
}
