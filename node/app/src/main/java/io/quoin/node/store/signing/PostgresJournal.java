package io.quoin.node.store.signing;

import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.CheckpointFile;
import io.quoin.signer.journal.Claim;
import io.quoin.signer.journal.Journal;
import io.quoin.signer.journal.JournalException;
import io.quoin.signer.journal.JournalException.Kind;
import io.quoin.signer.journal.JournalPosition;
import io.quoin.signer.journal.JournalSnapshot;
import io.quoin.signer.journal.JournalSnapshot.Counted;
import io.quoin.signer.journal.JournalText;
import io.quoin.signer.journal.Slot;
import io.quoin.signer.journal.SpendWindows;
import io.quoin.signer.journal.Taken;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in PostgreSQL: one row for each slot, many claims in one commit, one writer by {@link JournalLease}. After
 * each commit, and before anybody is answered, the checkpoint file is on disk too. Thread-safe.
 */
public final class PostgresJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresJournal.class);
    private static final int GROUP_MAX = 256;

    private final SignerDatabase database;
    private final JournalOptions options;
    private final JournalLease lease;
    private final CheckpointFile checkpoint;
    private final GroupCommit<JournalStep, JournalStep.Reply> commits;
    // Of the committing thread alone:
    private JournalPosition position;
    private SpendWindows windows;
    private boolean isStale;
    private Optional<JournalException> ended = Optional.empty();

    private PostgresJournal(
            SignerDatabase database, JournalOptions options, JournalLease lease, CheckpointFile checkpoint) {
        this.database = database;
        this.options = options;
        this.lease = lease;
        this.checkpoint = checkpoint;
        this.position = database.in(JournalRows::position);
        this.windows = windows();
        this.commits = new GroupCommit<>("journal", GROUP_MAX, this::commit);
    }

    /**
     * Takes the journal over, waiting for the lease of a killed signer to run out.
     *
     * @throws JournalException if a living signer has it, or it is older than its checkpoint file
     * @throws IOException if that file cannot be read or written
     */
    public static PostgresJournal open(SignerDatabase database, JournalOptions options) throws IOException {
        return open(database, options, false);
    }

    /** As {@link #open}, but believes the database where the checkpoint file contradicts it or is lost. */
    public static PostgresJournal adopt(SignerDatabase database, JournalOptions options) throws IOException {
        return open(database, options, true);
    }

    private static PostgresJournal open(SignerDatabase database, JournalOptions options, boolean adopting)
            throws IOException {
        JournalLease lease = JournalLease.take(database, options.holder(), options.lease());
        try {
            JournalPosition position = database.in(JournalRows::position);
            CheckpointFile checkpoint = adopting
                    ? CheckpointFile.adopt(options.checkpoint(), position)
                    : CheckpointFile.open(options.checkpoint(), position);
            return new PostgresJournal(database, options, lease, checkpoint);
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public Taken take(Claim claim) {
        return switch (submit(new JournalStep.Take(claim))) {
            case JournalStep.Reply.Answer(Taken taken) -> taken;
            case JournalStep.Reply other -> throw unexpected(other);
        };
    }

    @Override
    public Hex signed(Claim claim, Hex signature) {
        return switch (submit(new JournalStep.Keep(claim, signature))) {
            case JournalStep.Reply.Kept(Hex kept) -> kept;
            case JournalStep.Reply other -> throw unexpected(other);
        };
    }

    @Override
    public void cancelFinal(Slot.EvmTurn turn) {
        requireDone(submit(new JournalStep.Final(turn)));
    }

    /** Gives the whole journal as {@link JournalText}; needs no lease. */
    public static String exported(SignerDatabase database) {
        return database.in(tx -> {
            tx.execute("set transaction isolation level repeatable read");
            return JournalText.write(new JournalSnapshot(
                    JournalRows.position(tx), JournalRows.all(tx), JournalRows.counted(tx, Instant.EPOCH)));
        });
    }

    /**
     * Adds what an export holds. Rows that are here just so already are passed over.
     *
     * @throws JournalException of kind {@code NOT_IMPORTED} if it is damaged, or a slot holds something else here; then
     *     nothing was imported
     */
    public void imported(String export) {
        requireDone(submit(new JournalStep.Merge(JournalText.read(export))));
    }

    @Override
    public void close() {
        commits.close();
        lease.close();
        try {
            checkpoint.close();
        } catch (IOException e) {
            LOG.warn("checkpoint file {} was not closed: {}", checkpoint, e.getMessage());
        }
    }

    private JournalStep.Reply submit(JournalStep step) {
        try {
            return commits.submit(step);
        } catch (DataAccessException e) {
            throw new JournalException(
                    Kind.AWAY,
                    "the journal's database does not answer or refuses: " + e.getMessage()
                            + ". Whether this was written is unknown; ask again with the same claim",
                    e);
        }
    }

    private List<JournalStep.Reply> commit(List<JournalStep> steps) {
        if (ended.isPresent()) {
            throw new JournalException(
                    ended.get().kind(), String.valueOf(ended.get().getMessage()), ended.get());
        }
        try {
            refresh();
            isStale = true; // unless all of it succeeds
            List<JournalStep.Reply> replies = written(steps);
            isStale = steps.stream().anyMatch(JournalStep.Merge.class::isInstance);
            return replies;
        } catch (JournalException e) {
            ended = Optional.of(e);
            throw e;
        } catch (IOException e) {
            var lost = new JournalException(
                    Kind.AWAY, "the checkpoint file " + checkpoint + " cannot be written: " + e.getMessage(), e);
            ended = Optional.of(lost);
            throw lost;
        }
    }

    private List<JournalStep.Reply> written(List<JournalStep> steps) throws IOException {
        Instant now = options.time().instant().truncatedTo(ChronoUnit.MILLIS);
        List<JournalStep.Reply> replies = new ArrayList<>();
        JournalPosition after = database.in(tx -> {
            var group = new JournalGroup(tx, windows, now);
            replies.addAll(group.decide(steps));
            return group.write(position, lease.fence());
        });
        if (after.version() > position.version()) {
            checkpoint.write(after);
        }
        position = after;
        return replies;
    }

    /** After a failure nobody knows here what the database holds. */
    private void refresh() {
        if (isStale) {
            position = database.in(JournalRows::position);
            windows = windows();
        }
    }

    private SpendWindows windows() {
        var fresh = new SpendWindows(options.limits());
        Instant after = options.time().instant().minus(fresh.longest());
        for (Counted counted : database.in(tx -> JournalRows.counted(tx, after))) {
            fresh.count(counted.key(), List.of(counted.spending()), counted.at());
        }
        return fresh;
    }

    private static void requireDone(JournalStep.Reply reply) {
        switch (reply) {
            case JournalStep.Reply.Done _ -> {}
            case JournalStep.Reply.Failed(RuntimeException why) -> throw why;
            case JournalStep.Reply other -> throw unexpected(other);
        }
    }

    private static IllegalStateException unexpected(JournalStep.Reply reply) {
        return new IllegalStateException("the journal answered " + reply + " to something else");
    }
}
