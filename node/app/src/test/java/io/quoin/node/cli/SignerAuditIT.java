package io.quoin.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.schema.DatabaseAddress;
import io.quoin.node.schema.Migrations;
import io.quoin.node.store.Database;
import io.quoin.node.store.PostgresExtension;
import io.quoin.node.store.PostgresExtension.Place;
import io.quoin.node.store.signing.AuditOptions;
import io.quoin.node.store.signing.PostgresAuditLog;
import io.quoin.node.store.signing.SignerDatabase;
import io.quoin.signer.audit.AuditFact;
import io.quoin.signer.audit.AuditKey;
import io.quoin.signer.audit.CheckpointSchedule;
import io.quoin.signer.evm.Bytes32;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code quoin signer audit verify} on a real database. */
@ExtendWith(PostgresExtension.class)
class SignerAuditIT {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path home;

    @SuppressWarnings("NullAway.Init") // set below
    private DatabaseAddress address;

    @BeforeEach
    void write(Place place) throws IOException {
        address = place.address();
        Migrations.drop(address, NodeFiles.SCHEMA);
        Migrations.apply(address, NodeFiles.SCHEMA);
        AuditKey.create(home.resolve("audit.key"), new SecureRandom());
        append(5);
    }

    @AfterEach
    void drop() {
        Migrations.drop(address, NodeFiles.SCHEMA);
    }

    @Test
    void log_asWritten_isSaidToBe() {
        assertThat(verify("checkpoints")).isEqualTo(ExitCode.OK);

        assertThat(output.toString(UTF_8)).isEqualToIgnoringNewLines("""
                The audit log is intact. Rows: 5; checkpoints that it was held against: 1.
                """);
    }

    @Test
    void rows_afterTheCheckpointsAtHand_areSaidNotToBeVouchedFor() throws IOException {
        Files.copy(home.resolve("checkpoints"), home.resolve("earlier"));
        append(2);

        assertThat(verify("earlier")).isEqualTo(ExitCode.OK);

        assertThat(output.toString(UTF_8)).contains("Rows 6 to 7 came after the last checkpoint");
    }

    @Test
    void log_withADeletedRow_namesIt_andEndsWithOne() {
        try (var owner = Database.open(address, NodeFiles.SCHEMA)) {
            owner.run(tx -> tx.execute("alter table signer_audit disable trigger all"));
            owner.run(tx -> tx.execute("delete from signer_audit where number = 3"));
        }

        assertThat(verify("checkpoints")).isEqualTo(ExitCode.FAILED);

        assertThat(complaints.toString(UTF_8))
                .contains("NOT as it was written", "row     3", "damage  deleted", "row 3 is missing")
                .doesNotContain("Exception");
        assertThat(output.toString(UTF_8)).isEmpty();
    }

    @Test
    void file_thatIsNotThere_isNamed() {
        assertThat(verify("nowhere")).isEqualTo(ExitCode.FAILED);

        assertThat(complaints.toString(UTF_8))
                .contains("there is no file", "nowhere")
                .doesNotContain("Exception");
    }

    private void append(int rows) throws IOException {
        var options = new AuditOptions(
                home.resolve("checkpoints"),
                AuditKey.privateKey(home.resolve("audit.key")),
                CheckpointSchedule.USUAL,
                Clock.systemUTC());
        try (var database = SignerDatabase.open(address, NodeFiles.SCHEMA);
                var log = PostgresAuditLog.open(database, options)) {
            for (int i = 0; i < rows; i++) {
                log.append(new AuditFact(
                        Instant.EPOCH, AuditFact.Kind.SIGNED, "request", "operator", "", Bytes32.ZERO, "a lock"));
            }
        }
    }

    private int verify(String checkpoints) {
        String url = address.jdbcUrl() + "?user=" + address.user() + "&password=" + address.password();
        try (var console =
                new Console(new PrintStream(output, true, UTF_8), new PrintStream(complaints, true, UTF_8), false)) {
            var context = new CliContext(home, Map.of(DatabaseVariable.NAME, url), console, new RunLog());
            return Quoin.commandLine(context)
                    .execute(
                            "signer",
                            "audit",
                            "verify",
                            "--checkpoints",
                            home.resolve(checkpoints).toString(),
                            "--audit-key",
                            AuditKey.publicFile(home.resolve("audit.key")).toString());
        }
    }
}
