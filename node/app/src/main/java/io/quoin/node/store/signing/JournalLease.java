package io.quoin.node.store.signing;

import static io.quoin.node.store.generated.Tables.SIGNER_JOURNAL;

import io.quoin.signer.journal.JournalException;
import io.quoin.signer.journal.JournalException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may write the journal. A row of the database names the holder, a fencing number that counts holders, and the moment,
 * by the database's clock, until which nobody else may take it. The holder renews it. Every write asks for the number: a
 * holder that slept through its lease finds a higher one, and is refused. (The lease of Eclair's PostgreSQL back end is the
 * model.) Thread-safe.
 */
final class JournalLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLease.class);
    private static final int RENEWALS_PER_LEASE = 3;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_EXTRA_MILLIS = 1_000;

    private final SignerDatabase database;
    private final long fence;
    private final Duration length;
    private final ScheduledExecutorService renewing;

    private JournalLease(SignerDatabase database, long fence, Duration length) {
        this.database = database;
        this.fence = fence;
        this.length = length;
        this.renewing = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("journal-lease").factory());
        long pause = length.toMillis() / RENEWALS_PER_LEASE;
        var _ = renewing.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lease, waiting for one that a killed signer left to run out.
     *
     * @throws JournalException of kind {@code HELD} if a living signer has it
     */
    static JournalLease take(SignerDatabase database, String holder, Duration length) {
        long patience =
                System.nanoTime() + length.plusMillis(PATIENCE_EXTRA_MILLIS).toNanos();
        while (true) {
            Optional<Long> fence = tryTake(database, holder, length);
            if (fence.isPresent()) {
                LOG.info("journal held by {} with fence {}", holder, fence.get());
                return new JournalLease(database, fence.get(), length);
            }
            if (System.nanoTime() > patience) {
                throw held(database);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The fencing number. */
    long fence() {
        return fence;
    }

    /** Stops renewing, and lets the next signer have the journal at once. */
    @Override
    public void close() {
        renewing.shutdownNow();
        try {
            database.in(tx ->
                    tx.execute("update signer_journal set expires_at = 'epoch' where id = 1 and fence = ?", fence));
        } catch (DataAccessException e) {
            LOG.warn("the journal's lease was not given back and will run out: {}", e.getMessage());
        }
    }

    private static Optional<Long> tryTake(SignerDatabase database, String holder, Duration length) {
        return database.in(tx -> Optional.ofNullable(tx.fetchOne(
                        "update signer_journal set holder = ?, fence = fence + 1,"
                                + " expires_at = clock_timestamp() + ? * interval '1 millisecond'"
                                + " where id = 1 and expires_at < clock_timestamp() returning fence",
                        holder,
                        length.toMillis()))
                .map(row -> row.get(0, Long.class)));
    }

    private void renew() {
        try {
            int rows = database.in(this::renew);
            if (rows == 0) {
                LOG.error("journal lost: another signer took it over; this one signs nothing any more");
                renewing.shutdown();
            }
        } catch (DataAccessException e) {
            LOG.warn("the journal's lease was not renewed and is tried again: {}", e.getMessage());
        }
    }

    private int renew(DSLContext tx) {
        return tx.execute(
                "update signer_journal set expires_at = clock_timestamp() + ? * interval '1 millisecond'"
                        + " where id = 1 and fence = ?",
                length.toMillis(),
                fence);
    }

    private static JournalException held(SignerDatabase database) {
        String holder =
                database.in(tx -> tx.selectFrom(SIGNER_JOURNAL).fetchSingle().getHolder());
        return new JournalException(
                Kind.HELD,
                "the journal is written by another signer, " + holder
                        + ": two must not sign for the same keys. Stop that one first, or wait until its lease runs out");
    }
}
