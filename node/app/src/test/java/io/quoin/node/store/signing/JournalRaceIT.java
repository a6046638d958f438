package io.quoin.node.store.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.store.PostgresExtension;
import io.quoin.node.store.PostgresExtension.Place;
import io.quoin.signer.audit.AuditFact;
import io.quoin.signer.audit.CheckpointSchedule;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.Claim;
import io.quoin.signer.journal.Taken;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many threads after the same slots. Every build does it with a few slots; {@code -Dquoin.journal.slots=10000} with all.
 */
@ExtendWith(PostgresExtension.class)
class JournalRaceIT {
    private static final int THREADS = 64;
    private static final int IN_FLIGHT = Integer.getInteger("quoin.journal.inflight", 256);
    private static final int SLOTS = Integer.getInteger("quoin.journal.slots", 200);
    private static final int PIPELINE = Integer.getInteger("quoin.journal.pipeline", 2_000);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    @DisplayName("R9 64 threads with 2 payloads after each slot: exactly one winner each")
    void race_forEverySlot_hasOneWinner(Place place) throws Exception {
        long seed = System.nanoTime();
        System.out.println("JournalRaceIT seed " + seed + ", " + SLOTS + " slots");
        var fresh = new AtomicIntegerArray(2 * SLOTS);
        var again = new AtomicIntegerArray(2 * SLOTS);
        var refused = new AtomicIntegerArray(2 * SLOTS);
        try (var database = SignerDatabase.open(place.address(), place.schema());
                var journal = journal(database)) {
            long start = System.nanoTime();
            inParallel(THREADS, thread -> {
                List<Integer> order =
                        new ArrayList<>(IntStream.range(0, SLOTS).boxed().toList());
                Collections.shuffle(order, new Random(seed + thread / 8));
                for (int slot : order) {
                    int payload = thread % 2;
                    Taken taken = journal.take(JournalClaims.send(slot, slot + "/" + payload, 1));
                    AtomicIntegerArray counts = switch (taken) {
                        case Taken.Fresh _ -> fresh;
                        case Taken.SameAgain _ -> again;
                        case Taken.Conflict _ -> refused;
                        case Taken.Replacement _, Taken.OverLimit _ -> throw new AssertionError(taken);
                    };
                    counts.incrementAndGet(2 * slot + payload);
                }
            });
            report("claims of 3 slots", (long) SLOTS * THREADS, start);
        }

        for (int slot = 0; slot < SLOTS; slot++) {
            int winner = fresh.get(2 * slot) == 1 ? 0 : 1;
            int won = 2 * slot + winner;
            int lost = 2 * slot + 1 - winner;
            assertThat(new int[] {fresh.get(won), again.get(won), refused.get(won)})
                    .as("the winner of slot " + slot)
                    .containsExactly(1, THREADS / 2 - 1, 0);
            assertThat(new int[] {fresh.get(lost), again.get(lost), refused.get(lost)})
                    .as("the loser of slot " + slot)
                    .containsExactly(0, 0, THREADS / 2);
        }
    }

    @Test
    void claimSignatureAndAudit_shareCommits(Place place) throws Exception {
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var auditing = new AuditOptions(
                folder.resolve("audit"), key.getPrivate(), CheckpointSchedule.USUAL, Clock.systemUTC());
        try (var database = SignerDatabase.open(place.address(), place.schema());
                var journal = journal(database);
                var audit = PostgresAuditLog.open(database, auditing)) {
            long start = System.nanoTime();
            inParallel(IN_FLIGHT, thread -> {
                for (int i = thread; i < PIPELINE; i += IN_FLIGHT) {
                    Claim claim = JournalClaims.send(i, "action " + i, 1);
                    assertThat(journal.take(claim)).isInstanceOf(Taken.Fresh.class);
                    journal.signed(claim, new Hex("0x" + "ab".repeat(65)));
                    audit.append(new AuditFact(
                            Clock.systemUTC().instant(),
                            AuditFact.Kind.SIGNED,
                            "request " + i,
                            "operator",
                            "",
                            claim.payload(),
                            "release of one batch"));
                }
            });
            report("requests: claim of 3 slots, signature, audit row", PIPELINE, start);

            long commits = database.in(
                    tx -> tx.fetchSingle("select version from signer_journal").get(0, Long.class));
            assertThat(commits)
                    .as("commits for %d claims and as many signatures", PIPELINE)
                    .isLessThan(PIPELINE);
            assertThat(PostgresAuditLog.verify(
                            database, CheckpointLines.read(folder.resolve("audit")), key.getPublic()))
                    .isInstanceOf(io.quoin.signer.audit.AuditVerdict.Intact.class);
        }
    }

    private PostgresJournal journal(SignerDatabase database) throws java.io.IOException {
        return PostgresJournal.open(
                database,
                new JournalOptions(
                        "race", Duration.ofSeconds(30), folder.resolve("checkpoint"), List.of(), Clock.systemUTC()));
    }

    @FunctionalInterface
    private interface Work {
        void of(int thread) throws Exception;
    }

    private static void inParallel(int count, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < count; thread++) {
                int number = thread;
                tasks.add(() -> {
                    work.of(number);
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    private static void report(String what, long count, long start) {
        long nanos = System.nanoTime() - start;
        System.out.printf(
                "JournalRaceIT: %d %s in %d ms, %d/s%n",
                count, what, nanos / 1_000_000, count * 1_000_000_000L / nanos);
    }
}
