package io.quoin.signer.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * When a checkpoint is due: so many rows after the last one, or so long after it if any row came since.
 *
 * @param rows how many rows, from 1
 * @param time how long, from 1 s
 */
public record CheckpointSchedule(long rows, Duration time) {
    /** Every 1,000 rows, and within a minute of a row. */
    public static final CheckpointSchedule USUAL = new CheckpointSchedule(1_000, Duration.ofSeconds(60));

    /** Refuses a schedule that is never or always due, with {@link IllegalArgumentException}. */
    public CheckpointSchedule {
        if (rows < 1 || time.toMillis() < 1_000) {
            throw new IllegalArgumentException(
                    "audit: a checkpoint every 1 row or more and 1 s or more, not " + rows + " and " + time);
        }
    }

    /**
     * Whether one is due now.
     *
     * @param last the row of the last checkpoint, 0 for none
     * @param lastAt when that was
     * @param head the last row
     */
    public boolean isDue(long last, Instant lastAt, long head, Instant now) {
        long since = head - last;
        return since >= rows || (since > 0 && !now.isBefore(lastAt.plus(time)));
    }
}
