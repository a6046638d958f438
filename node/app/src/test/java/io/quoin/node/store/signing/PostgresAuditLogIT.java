package io.quoin.node.store.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quoin.node.store.Database;
import io.quoin.node.store.PostgresExtension;
import io.quoin.node.store.PostgresExtension.Place;
import io.quoin.signer.audit.AuditCheckpoint;
import io.quoin.signer.audit.AuditException;
import io.quoin.signer.audit.AuditFact;
import io.quoin.signer.audit.AuditVerdict;
import io.quoin.signer.audit.AuditVerdict.Damage;
import io.quoin.signer.audit.CheckpointSchedule;
import io.quoin.signer.evm.Bytes32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PostgresAuditLogIT {
    private static final CheckpointSchedule EVERY_TEN = new CheckpointSchedule(10, Duration.ofHours(1));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set below
    private SignerDatabase database;

    @SuppressWarnings("NullAway.Init") // set below
    private Database owner;

    @SuppressWarnings("NullAway.Init") // set below
    private KeyPair key;

    @BeforeEach
    void open(Place place, Database owner) throws GeneralSecurityException {
        this.owner = owner;
        database = SignerDatabase.open(place.address(), place.schema());
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void log_writtenAcrossRestarts_isIntact_andItsCheckpointsReachItsEnd() throws IOException {
        write(25);
        write(5);

        assertThat(verify()).isInstanceOfSatisfying(AuditVerdict.Intact.class, intact -> {
            assertThat(intact.head().number()).isEqualTo(30);
            assertThat(intact.vouched()).isEqualTo(30);
            assertThat(intact.checkpoints()).isEqualTo(4); // 10, 20, 25 at the end, 30 at the end
        });
    }

    @Test
    void deletedRow_isFound() throws IOException {
        write(25);
        tamper("delete from signer_audit where number = 7");

        assertBroken(Damage.DELETED, 7);
    }

    @Test
    void deletedEnd_isFound_andTheLogIsNotGoneOnWith() throws IOException {
        write(25);
        tamper("delete from signer_audit where number > 20");

        assertBroken(Damage.DELETED, 21);
        assertThatThrownBy(() -> write(1))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("vouches for row 25");
    }

    @Test
    void editedRow_isFound() throws IOException {
        write(25);
        tamper("update signer_audit set entry = overlay(entry placing '\\x42'::bytea from 40) where number = 7");

        assertBroken(Damage.EDITED, 7);
    }

    @Test
    void rowsThatChangedPlaces_areFound() throws IOException {
        write(25);
        tamper("update signer_audit set number = case number when 7 then 1009 else 1007 end where number in (7, 9)");
        tamper("update signer_audit set number = number - 1000 where number > 1000");

        assertBroken(Damage.REORDERED, 7);
    }

    @Test
    void role_ofTheSigner_mayAddAndReadRowsOnly() throws IOException {
        write(3);

        for (String sql : List.of(
                "update signer_audit set number = 9 where number = 1",
                "delete from signer_audit",
                "truncate signer_audit",
                "drop table signer_audit",
                "alter table signer_audit disable trigger all")) {
            assertThatThrownBy(() -> database.in(tx -> tx.execute(sql)))
                    .as(sql)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
        assertThatThrownBy(() -> owner.in(tx -> tx.execute("delete from signer_audit")))
                .as("its owner, by mistake")
                .hasMessageContaining("append-only");
        assertThat(verify()).isInstanceOf(AuditVerdict.Intact.class);
    }

    @Test
    void secondWriter_isRefusedByTheDatabase() throws IOException {
        try (var first = log(EVERY_TEN);
                var second = log(EVERY_TEN)) {
            first.append(fact(1));

            assertThatThrownBy(() -> second.append(fact(2))).isInstanceOf(AuditException.class);
        }
        assertThat(verify()).isInstanceOf(AuditVerdict.Intact.class);
    }

    @Test
    void checkpoint_comesByTime_whenRowsAreFew() throws IOException {
        try (var log = log(new CheckpointSchedule(1_000, Duration.ofSeconds(1)))) {
            log.append(fact(1));

            await().until(() -> Files.exists(checkpoints()));
            assertThat(CheckpointLines.read(checkpoints()))
                    .extracting(AuditCheckpoint::head)
                    .extracting("number")
                    .containsExactly(1L);
        }
    }

    @Test
    void checkpointLine_thatACrashCut_isPassedOver_andWrittenAfter() throws IOException {
        write(10);
        Files.writeString(checkpoints(), "quoin-audit-checkpoint-1 9", StandardOpenOption.APPEND);
        assertThat(verify()).isInstanceOf(AuditVerdict.Intact.class);
        write(1);
        assertThat(verify())
                .isInstanceOfSatisfying(
                        AuditVerdict.Intact.class,
                        intact -> assertThat(intact.vouched()).isEqualTo(11));

        Files.writeString(checkpoints(), "quoin-audit-checkpoint-1 9\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::verify).isInstanceOf(AuditException.class).hasMessageContaining("line 3");
    }

    private void write(int rows) throws IOException {
        try (var log = log(EVERY_TEN)) {
            for (int i = 1; i <= rows; i++) {
                log.append(fact(i));
            }
        }
    }

    private PostgresAuditLog log(CheckpointSchedule schedule) throws IOException {
        return PostgresAuditLog.open(
                database, new AuditOptions(checkpoints(), key.getPrivate(), schedule, Clock.systemUTC()));
    }

    private AuditVerdict verify() throws IOException {
        return PostgresAuditLog.verify(database, CheckpointLines.read(checkpoints()), key.getPublic());
    }

    private void assertBroken(Damage damage, long number) throws IOException {
        assertThat(verify()).isInstanceOfSatisfying(AuditVerdict.Broken.class, broken -> {
            assertThat(broken.damage()).isEqualTo(damage);
            assertThat(broken.number()).isEqualTo(number);
        });
    }

    /** What only the owner of the database can do, and only on purpose. */
    private void tamper(String sql) {
        owner.run(tx -> {
            tx.execute("alter table signer_audit disable trigger signer_audit_append_only");
            tx.execute(sql);
            tx.execute("alter table signer_audit enable trigger signer_audit_append_only");
        });
    }

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    private static AuditFact fact(int number) {
        return new AuditFact(
                Instant.ofEpochSecond(number),
                AuditFact.Kind.SIGNED,
                "request " + number,
                "operator",
                "",
                Bytes32.ZERO,
                "a lock of one batch");
    }
}
