package io.quoin.signer.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.evm.Bytes32;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditKeyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void key_writtenAndRead_signsWhatItsPublicHalfChecks() throws IOException {
        Path file = folder.resolve("audit.key");
        AuditKey.create(file, new SecureRandom());

        AuditCheckpoint checkpoint =
                AuditCheckpoint.sign(new AuditHead(1, Bytes32.ZERO), Instant.EPOCH, AuditKey.privateKey(file));

        assertThat(checkpoint.isSignedBy(AuditKey.publicKey(AuditKey.publicFile(file))))
                .isTrue();
    }

    @Test
    void key_isNeverOverwritten_andItsOwnersAlone() throws IOException {
        Path file = folder.resolve("audit.key");
        AuditKey.create(file, new SecureRandom());

        assertThatThrownBy(() -> AuditKey.create(file, new SecureRandom()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> AuditKey.privateKey(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void file_thatHoldsNoSuchKey_isRefusedWithoutShowingIt() throws IOException {
        Path file = folder.resolve("audit.key");
        AuditKey.create(file, new SecureRandom());

        assertThatThrownBy(() -> AuditKey.publicKey(file))
                .hasMessageContaining("no PEM file with a PUBLIC KEY")
                .hasMessageNotContaining(Files.readAllLines(file).get(1));
    }

    @Test
    void schedule_isDueByRowsOrByTime_andNeverWithoutARow() {
        var schedule = new CheckpointSchedule(10, Duration.ofSeconds(60));
        Instant last = Instant.EPOCH;

        assertThat(schedule.isDue(5, last, 14, last)).isFalse();
        assertThat(schedule.isDue(5, last, 15, last)).isTrue();
        assertThat(schedule.isDue(5, last, 6, last.plusMillis(59_999))).isFalse();
        assertThat(schedule.isDue(5, last, 6, last.plusSeconds(60))).isTrue();
        assertThat(schedule.isDue(5, last, 5, last.plusSeconds(3_600))).isFalse();
    }
}
