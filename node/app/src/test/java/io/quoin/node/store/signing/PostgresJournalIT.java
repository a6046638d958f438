package io.quoin.node.store.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.node.store.Database;
import io.quoin.node.store.PostgresExtension;
import io.quoin.node.store.PostgresExtension.Place;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.JournalException;
import io.quoin.signer.journal.JournalException.Kind;
import io.quoin.signer.journal.JournalText;
import io.quoin.signer.journal.Outcome.Ending;
import io.quoin.signer.journal.Taken;
import io.quoin.signer.journal.ValueLimit;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PostgresJournalIT {
    private static final Hex SIGNATURE = new Hex("0x0102");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set below
    private Place place;

    @SuppressWarnings("NullAway.Init") // set below
    private SignerDatabase database;

    @BeforeEach
    void open(Place place) {
        this.place = place;
        database = SignerDatabase.open(place.address(), place.schema());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("R9 what a slot holds outlives the program")
    void conflict_acrossARestart_isStillOne() throws IOException {
        try (var journal = journal(List.of())) {
            assertThat(journal.take(JournalClaims.send(1, "a", 10))).isEqualTo(new Taken.Fresh());
            assertThat(journal.signed(JournalClaims.send(1, "a", 10), SIGNATURE))
                    .isEqualTo(SIGNATURE);
            assertThat(journal.take(JournalClaims.end(1, Ending.RELEASE, "one")))
                    .isEqualTo(new Taken.Fresh());
        }

        try (var journal = journal(List.of())) {
            assertThat(journal.take(JournalClaims.send(1, "b", 99))).isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.send(2, "a", 10)))
                    .as("the action stands at nonce 1")
                    .isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.send(1, "a", 10)))
                    .isEqualTo(new Taken.SameAgain(Optional.of(SIGNATURE)));
            assertThat(journal.take(JournalClaims.send(1, "a", 11))).isInstanceOf(Taken.Replacement.class);
            assertThat(journal.take(JournalClaims.send(1, "a", 11))).isEqualTo(new Taken.SameAgain(Optional.empty()));
            assertThat(journal.take(JournalClaims.end(1, Ending.REFUND, "two"))).isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.end(1, Ending.RELEASE, "three")))
                    .isEqualTo(new Taken.SameAgain(Optional.empty()));
        }
    }

    @Test
    @DisplayName("R9 a cancel displaces an action, which stands elsewhere once the cancel is final")
    void cancel_whenFinal_freesTheAction_alsoInTheDatabase() throws IOException {
        try (var journal = journal(List.of())) {
            journal.take(JournalClaims.send(1, "a", 10));
            assertThatThrownBy(() -> journal.cancelFinal(JournalClaims.turn(1)))
                    .hasMessageContaining("never cancelled");
            assertThat(journal.take(JournalClaims.cancel(1, 11))).isInstanceOf(Taken.Replacement.class);
            assertThat(journal.take(JournalClaims.send(1, "a", 12))).isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.send(2, "a", 12))).isInstanceOf(Taken.Conflict.class);

            journal.cancelFinal(JournalClaims.turn(1));

            assertThat(journal.take(JournalClaims.send(2, "a", 12))).isEqualTo(new Taken.Fresh());
        }
    }

    @Test
    void windows_outliveTheProgram_andPassWithTime() throws IOException {
        var limit = new ValueLimit(
                ValueLimit.Scope.GLOBAL, JournalClaims.COIN, Duration.ofHours(1), BigInteger.valueOf(20));
        Instant start = Instant.ofEpochSecond(1_800_000_000);
        try (var journal = journal(List.of(limit), () -> start)) {
            journal.take(JournalClaims.send(1, "a", 1));
            journal.take(JournalClaims.send(2, "b", 1));
        }

        try (var journal = journal(List.of(limit), () -> start.plusSeconds(3_599))) {
            assertThat(journal.take(JournalClaims.send(3, "c", 1))).isInstanceOf(Taken.OverLimit.class);
            assertThat(journal.take(JournalClaims.send(1, "a", 2))).isInstanceOf(Taken.Replacement.class);
        }
        try (var journal = journal(List.of(limit), () -> start.plusSeconds(3_600))) {
            assertThat(journal.take(JournalClaims.send(3, "c", 1))).isEqualTo(new Taken.Fresh());
        }
    }

    @Test
    void secondSigner_isRefusedWhileTheFirstLives_andMayStartOnceItEnded() throws IOException {
        try (var first = journal(List.of())) {
            first.take(JournalClaims.send(1, "a", 1));

            assertThatThrownBy(() -> journal(List.of()))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            held -> assertThat(held.kind()).isEqualTo(Kind.HELD))
                    .hasMessageContaining("another signer, test");
            assertThat(first.take(JournalClaims.send(2, "b", 1)))
                    .as("the first goes on")
                    .isEqualTo(new Taken.Fresh());
        }
        journal(List.of()).close();
    }

    @Test
    void signer_whoseFenceWasTaken_signsNothingAnyMore(Database owner) throws IOException {
        try (var first = journal(List.of())) {
            first.take(JournalClaims.send(1, "a", 1));
            owner.run(tx -> tx.execute("update signer_journal set fence = fence + 1"));

            assertThatThrownBy(() -> first.take(JournalClaims.send(2, "b", 1)))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            fenced -> assertThat(fenced.kind()).isEqualTo(Kind.FENCED));
            assertThatThrownBy(() -> first.take(JournalClaims.send(1, "a", 1)))
                    .as("not even what it signed before")
                    .isInstanceOf(JournalException.class);
        }
        assertThat(number(owner, "select count(*) from signer_slot")).isEqualTo(3);
    }

    @Test
    void frozenTransaction_doesNotKeepTheNextSignerOut(Database owner) throws Exception {
        journal(List.of()).close();
        try (var frozen = java.sql.DriverManager.getConnection(
                        place.address().jdbcUrl(),
                        place.address().user(),
                        place.address().password());
                var statement = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            statement.execute("set search_path = " + place.schema());
            statement.execute("set idle_in_transaction_session_timeout = 1000"); // as the signer's own sessions have it
            statement.execute("update signer_journal set version = version + 1");

            try (var next = journal(List.of())) {
                assertThat(next.take(JournalClaims.send(1, "a", 1))).isEqualTo(new Taken.Fresh());
            }
        }
        assertThat(number(owner, "select version from signer_journal")).isEqualTo(1);
        String timeout = database.in(tx -> String.valueOf(tx.fetchValue("show idle_in_transaction_session_timeout")));
        assertThat(timeout).isEqualTo("5s");
    }

    @Test
    void journal_exportedAndImported_refusesTheSame() throws IOException {
        try (var journal = journal(List.of())) {
            journal.take(JournalClaims.send(1, "a", 10));
            journal.signed(JournalClaims.send(1, "a", 10), SIGNATURE);
            journal.take(JournalClaims.cancel(2, 1));
        }
        String export = PostgresJournal.exported(database);
        String other = place.schema() + "_import";
        try (var target = Database.open(place.address(), other);
                var signing = SignerDatabase.open(place.address(), other);
                var journal =
                        PostgresJournal.open(signing, options(folder.resolve("other"), List.of(), Clock.systemUTC()))) {
            journal.imported(export);
            journal.imported(export);

            assertThat(journal.take(JournalClaims.send(1, "b", 99))).isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.send(2, "b", 99))).isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.send(1, "a", 10)))
                    .isEqualTo(new Taken.SameAgain(Optional.of(SIGNATURE)));
            var read = JournalText.read(PostgresJournal.exported(signing));
            assertThat(read.rows()).isEqualTo(JournalText.read(export).rows());
            assertThat(read.counted()).hasSize(1);
            assertThat(target.answers()).isTrue();
        } finally {
            io.quoin.node.schema.Migrations.drop(place.address(), other);
        }
    }

    @Test
    void import_thatContradictsTheJournal_changesNothing() throws IOException {
        String export;
        try (var journal = journal(List.of())) {
            journal.take(JournalClaims.send(1, "a", 10));
            export = PostgresJournal.exported(database);
            journal.take(JournalClaims.send(1, "a", 11));
            journal.take(JournalClaims.send(2, "b", 11));
            String before = PostgresJournal.exported(database);

            assertThatThrownBy(() -> journal.imported(export))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(Kind.NOT_IMPORTED))
                    .hasMessageContaining("evm-nonce/");
            assertThatThrownBy(() -> journal.imported(export.replace("slot ", "slit ")))
                    .hasMessageContaining("checksum");

            assertThat(PostgresJournal.exported(database)).isEqualTo(before);
            assertThat(journal.take(JournalClaims.send(3, "c", 1)))
                    .as("it goes on")
                    .isEqualTo(new Taken.Fresh());
        }
    }

    @Test
    void rows_cannotGoBackNorAway_whoeverWritesThem(Database owner) throws IOException {
        try (var journal = journal(List.of())) {
            journal.take(JournalClaims.send(1, "a", 10));
            journal.signed(JournalClaims.send(1, "a", 10), SIGNATURE);
        }

        for (String sql : List.of("delete from signer_slot", "truncate signer_slot", "delete from signer_journal")) {
            assertThatThrownBy(() -> database.in(tx -> tx.execute(sql)))
                    .as(sql)
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> owner.in(tx -> tx.execute(sql))).as(sql).hasMessageContaining("append-only");
        }
        for (String change : List.of(
                "payload = '0x" + "00".repeat(32) + "'",
                "fee = 9, turn = turn + 1",
                "turn = 0",
                "signature = null",
                "slot = replace(slot, '/1', '/2')")) {
            assertThatThrownBy(() -> database.in(
                            tx -> tx.execute("update signer_slot set " + change + " where slot like 'evm-nonce/%'")))
                    .as(change)
                    .isInstanceOf(org.jooq.exception.DataAccessException.class);
        }
    }

    @Test
    void checkpointFile_whenLost_isSaid_andAdoptedOnlyInWords() throws IOException {
        try (var journal = journal(List.of())) {
            journal.take(JournalClaims.send(1, "a", 10));
        }
        Files.delete(folder.resolve("checkpoint"));

        assertThatThrownBy(() -> journal(List.of()))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.ROLLED_BACK));
        PostgresJournal.adopt(database, options(folder.resolve("checkpoint"), List.of(), Clock.systemUTC()))
                .close();
        journal(List.of()).close();
    }

    private static long number(Database owner, String sql) {
        return owner.in(tx -> tx.fetchSingle(sql).get(0, Long.class));
    }

    private PostgresJournal journal(List<ValueLimit> limits) throws IOException {
        return journal(limits, Clock.systemUTC());
    }

    private PostgresJournal journal(List<ValueLimit> limits, InstantSource time) throws IOException {
        return PostgresJournal.open(database, options(folder.resolve("checkpoint"), limits, time));
    }

    private static JournalOptions options(Path checkpoint, List<ValueLimit> limits, InstantSource time) {
        return new JournalOptions("test", Duration.ofSeconds(2), checkpoint, limits, time);
    }
}
