package io.quoin.node.sequencer;

import io.quoin.chain.Alarms;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.evm.Bytes32;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every command in one order, writes it to the log, and lets the engine apply it; only then is it acknowledged.
 *
 * <p>The engine is confined to one thread of the sequencer's own. What that thread does for a batch of commands
 * happens in one database transaction. When the transaction fails, the engine in memory may be ahead of the log, so
 * it is thrown away and made again from the log; until that has worked, everything is refused as
 * {@link RefusalCode#NOT_READY}.
 */
public final class Sequencer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int QUEUE_MAX = 8_192;
    private static final int BATCH_MAX = 256;
    private static final long IDLE_MILLIS = 200;
    private static final long RETRY_MILLIS = 1_000;
    private static final String ALARM = "sequencer-failing";
    private static final String REFUSED_FACT = "engine-refused-fact";

    private final SequencerStore store;
    private final Alarms alarms;
    private final Clock clock;
    private final RandomGenerator random;
    private final BlockingQueue<SequencerTask> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean ready;
    private volatile Runnable afterRound = () -> {};

    // Touched by the sequencer's thread alone. Ahead of the log after a transaction that failed, and then made anew.
    private LogState state;

    private Sequencer(SequencerStore store, Alarms alarms, Clock clock, RandomGenerator random) {
        this.store = store;
        this.alarms = alarms;
        this.clock = clock;
        this.random = random;
        this.state = new LogState(random.nextLong());
        this.thread = Thread.ofVirtual().name("sequencer").unstarted(this::run);
    }

    /**
     * Starts a sequencer; it becomes {@linkplain #ready ready} when it has read its log.
     *
     * @param random gives each engine its salt, which changes no event; nobody outside may be able to guess it
     */
    public static Sequencer start(SequencerStore store, Alarms alarms, Clock clock, RandomGenerator random) {
        Sequencer sequencer = new Sequencer(store, alarms, clock, random);
        sequencer.thread.start();
        return sequencer;
    }

    /** Returns whether commands are taken. Any thread. */
    public boolean ready() {
        return ready;
    }

    /**
     * Places an order. Any thread.
     *
     * @return completed when the outcome is durable; with {@link RefusedException} when the sequencer takes no
     *     commands or cannot tell the outcome
     */
    public CompletableFuture<PlaceOutcome> place(SubmittedOrder order) {
        CompletableFuture<PlaceOutcome> answer = new CompletableFuture<>();
        offer(new SequencerTask.Place(order, answer));
        return answer;
    }

    /** Cancels what remains of an order whose owner's signature was checked. Any thread. As {@link #place}. */
    public CompletableFuture<CancelOutcome> cancel(Bytes32 order) {
        CompletableFuture<CancelOutcome> answer = new CompletableFuture<>();
        offer(new SequencerTask.Cancel(order, answer));
        return answer;
    }

    /**
     * Sets the amount of a withdrawal aside until its deadline. Any thread. As {@link #place}; it may be co-signed once
     * this is answered well.
     */
    public CompletableFuture<WithdrawOutcome> withdraw(SubmittedWithdrawal withdrawal) {
        CompletableFuture<WithdrawOutcome> answer = new CompletableFuture<>();
        offer(new SequencerTask.Withdraw(withdrawal, answer));
        return answer;
    }

    /** Asks the engine, between two commands. Any thread. The question must only read. */
    public <T> CompletableFuture<T> query(Function<EngineView, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        offer(new SequencerTask.Query<>(question, answer));
        return answer;
    }

    /** Sets what is run, by the sequencer's thread, after commands took effect: there may be work to do. */
    public void onProgress(Runnable action) {
        afterRound = action;
    }

    /** Says that facts may be waiting in the inbox. Any thread. */
    public void wake() {
        // A full queue is looked at soon anyway.
        boolean taken = queue.offer(new SequencerTask.Wake());
        LOG.trace("woken: {}", taken);
    }

    @Override
    public void close() {
        open = false; // seen within the idle wait; an interrupt would break off the transaction under way
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseAll(drain(null));
    }

    private void offer(SequencerTask task) {
        if (!ready) {
            task.fail(notReady());
        } else if (!queue.offer(task)) {
            task.fail(new RefusedException(
                    RefusalCode.BUSY,
                    QUEUE_MAX + " commands are waiting; nothing was done, send it again in a second"));
        }
    }

    private void run() {
        while (open) {
            try {
                if (!ready) {
                    rebuild();
                }
                process(drain(queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                recoverFrom(e);
            } catch (Error e) {
                ready = false;
                alarms.raise(ALARM, "the sequencer has died; restart the node: " + e);
                throw e;
            }
        }
    }

    private void recoverFrom(RuntimeException e) {
        if (ready) {
            LOG.error("the sequencer reads its log again, since a transaction failed", e);
        } else {
            LOG.warn("the log cannot be read yet: {}", e.toString());
        }
        ready = false;
        alarms.raise(ALARM, "no command is taken until the log could be read again; is the database well?");
        refuseAll(drain(null));
        pause();
    }

    private void rebuild() {
        state = new LogState(random.nextLong());
        store.replay(state::apply);
        ready = true;
        alarms.clear(ALARM);
        LOG.info(
                "sequencer ready at position={} state={}",
                state.position(),
                Long.toHexString(state.engine().stateHash()));
    }

    private void process(List<SequencerTask> tasks) {
        long before = state.position();
        Round round;
        try {
            round = store.inTransaction(writer -> {
                Round work = new Round(state, writer, clock.instant());
                work.run(tasks);
                return work;
            });
        } catch (RuntimeException e) {
            tasks.forEach(task -> task.fail(task.changes() ? unknown() : notReady()));
            throw e;
        }
        round.answers().forEach(Runnable::run);
        round.refusedFacts().forEach(fact -> {
            LOG.error("the engine refused a fact: {}", fact);
            alarms.raise(REFUSED_FACT, "engine and ledger differ, the engine refused " + fact);
        });
        if (state.position() > before) {
            afterRound.run();
        }
    }

    private List<SequencerTask> drain(@Nullable SequencerTask first) {
        List<SequencerTask> tasks = new ArrayList<>();
        if (first != null) {
            tasks.add(first);
        }
        int more = queue.drainTo(tasks, BATCH_MAX);
        LOG.trace("took {} more", more);
        return tasks;
    }

    private static void refuseAll(List<SequencerTask> tasks) {
        tasks.forEach(task -> task.fail(notReady()));
    }

    private static RefusedException unknown() {
        return new RefusedException(
                RefusalCode.OUTCOME_UNKNOWN, "the database did not confirm; ask for it before you send it again");
    }

    private static RefusedException notReady() {
        return new RefusedException(
                RefusalCode.NOT_READY,
                "the node is not ready to take commands; nothing was done, GET /readyz says why");
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
    }
}
