package io.quoin.node.store.signing;

import io.quoin.node.store.Database;
import io.quoin.signer.audit.AuditCheckpoint;
import io.quoin.signer.audit.AuditException;
import io.quoin.signer.audit.AuditFact;
import io.quoin.signer.audit.AuditHead;
import io.quoin.signer.audit.AuditLog;
import io.quoin.signer.audit.AuditRow;
import io.quoin.signer.audit.AuditVerdict;
import io.quoin.signer.audit.AuditVerifier;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log in PostgreSQL, many rows in one commit. Only whoever holds the journal's lease should open it; a second
 * writer's row takes a number that is taken, and is refused by the database. Thread-safe.
 */
public final class PostgresAuditLog implements AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresAuditLog.class);
    private static final int GROUP_MAX = 512;
    private static final long LOOKS_PER_PERIOD = 4;

    private final SignerDatabase database;
    private final AuditOptions options;
    private final GroupCommit<Optional<AuditFact>, AuditHead> commits;
    private final ScheduledExecutorService ticking;
    // Of the committing thread alone:
    private AuditHead head;
    private boolean isStale;
    private long checkpointed;
    private Instant checkpointedAt;

    private PostgresAuditLog(SignerDatabase database, AuditOptions options, long checkpointed) {
        this.database = database;
        this.options = options;
        this.head = database.in(AuditRows::head);
        this.checkpointed = checkpointed;
        this.checkpointedAt = options.time().instant();
        this.commits = new GroupCommit<>("audit", GROUP_MAX, this::commit);
        this.ticking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("audit-tick").factory());
        long pause = options.schedule().time().toMillis() / LOOKS_PER_PERIOD;
        var _ = ticking.scheduleWithFixedDelay(this::tick, pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens the log at its end.
     *
     * @throws AuditException if the log ends before the last checkpoint, so that rows are missing
     * @throws IOException if the file of checkpoints cannot be read
     */
    public static PostgresAuditLog open(SignerDatabase database, AuditOptions options) throws IOException {
        long checkpointed = 0;
        if (java.nio.file.Files.exists(options.checkpoints())) {
            for (AuditCheckpoint checkpoint : CheckpointLines.read(options.checkpoints())) {
                checkpointed = Math.max(checkpointed, checkpoint.head().number());
            }
        }
        long last = database.in(AuditRows::head).number();
        if (last < checkpointed) {
            throw new AuditException("the audit log ends at row " + last + ", but " + options.checkpoints()
                    + " vouches for row " + checkpointed
                    + ": rows were deleted, or the database is an old copy. Restore the latest one");
        }
        return new PostgresAuditLog(database, options, checkpointed);
    }

    /**
     * Checks the log against checkpoints. Needs no open log.
     *
     * @param key the second key's public half
     */
    public static AuditVerdict verify(Database database, List<AuditCheckpoint> checkpoints, PublicKey key) {
        return database.in(tx -> verify(tx, checkpoints, key));
    }

    /** As {@link #verify(Database, List, PublicKey)}, with the signer's own role. */
    public static AuditVerdict verify(SignerDatabase database, List<AuditCheckpoint> checkpoints, PublicKey key) {
        return database.in(tx -> verify(tx, checkpoints, key));
    }

    private static AuditVerdict verify(DSLContext tx, List<AuditCheckpoint> checkpoints, PublicKey key) {
        tx.execute("set transaction isolation level repeatable read");
        return AuditVerifier.verify(AuditRows.all(tx), checkpoints, key, hash -> AuditRows.place(tx, hash));
    }

    @Override
    public AuditHead append(AuditFact fact) {
        return submit(Optional.of(fact));
    }

    @Override
    public void close() {
        ticking.shutdownNow();
        commits.close();
        try {
            checkpoint(Instant.MAX);
        } catch (IOException | DataAccessException e) {
            LOG.error("the audit log's last checkpoint was not written: {}", e.getMessage());
        }
    }

    private AuditHead submit(Optional<AuditFact> fact) {
        try {
            return commits.submit(fact);
        } catch (DataAccessException e) {
            throw new AuditException(
                    "the audit log cannot be written, so nothing may be answered: " + e.getMessage(), e);
        }
    }

    private void tick() {
        try {
            submit(Optional.empty());
        } catch (RuntimeException e) {
            LOG.warn("no checkpoint of the audit log was made, and it is tried again: {}", e.getMessage());
        }
    }

    private List<AuditHead> commit(List<Optional<AuditFact>> facts) {
        if (isStale) {
            head = database.in(AuditRows::head);
        }
        isStale = true; // unless all of it succeeds
        List<AuditHead> heads = append(facts);
        isStale = false;
        try {
            checkpoint(options.time().instant());
        } catch (IOException e) {
            throw new AuditException(
                    "the checkpoint file " + options.checkpoints() + " cannot be written, so nothing may be answered: "
                            + e.getMessage(),
                    e);
        }
        return heads;
    }

    private List<AuditHead> append(List<Optional<AuditFact>> facts) {
        List<AuditRow> rows = new ArrayList<>();
        List<OffsetDateTime> moments = new ArrayList<>();
        List<AuditHead> heads = new ArrayList<>();
        AuditHead end = head;
        for (Optional<AuditFact> fact : facts) {
            if (fact.isPresent()) {
                AuditRow row = AuditRow.after(end, fact.get());
                rows.add(row);
                moments.add(fact.get().at().atOffset(ZoneOffset.UTC));
                end = row.head();
            }
            heads.add(end);
        }
        if (!rows.isEmpty()) {
            database.in(tx -> {
                AuditRows.append(tx, rows, moments);
                return Boolean.TRUE;
            });
        }
        head = end;
        return heads;
    }

    private void checkpoint(Instant now) throws IOException {
        boolean isClosing = now.equals(Instant.MAX);
        boolean isDue = isClosing
                ? head.number() > checkpointed
                : options.schedule().isDue(checkpointed, checkpointedAt, head.number(), now);
        if (checkpointed >= head.number()) {
            checkpointedAt = now; // the time runs from the first row that no checkpoint has
        }
        if (isDue) {
            Instant at = options.time().instant();
            CheckpointLines.append(options.checkpoints(), AuditCheckpoint.sign(head, at, options.key()));
            checkpointed = head.number();
            checkpointedAt = at;
        }
    }
}
