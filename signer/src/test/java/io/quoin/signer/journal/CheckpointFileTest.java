package io.quoin.signer.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final UUID JOURNAL = new UUID(1, 2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set below
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("sub").resolve("checkpoint");
    }

    @Test
    void newJournal_makesTheFile_andTheLatestPositionIsKept() throws IOException {
        write(0, 1, 2, 3);

        assertThat(CheckpointFile.read(file)).hasValue(at(3));
        CheckpointFile.open(file, at(3)).close();
        CheckpointFile.open(file, at(4)).close();
    }

    @Test
    void olderJournal_isRefused() throws IOException {
        write(0, 1, 2, 3);

        assertThatThrownBy(() -> CheckpointFile.open(file, at(2)))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(JournalException.Kind.ROLLED_BACK))
                .hasMessageContaining("old copy");
        assertThat(CheckpointFile.read(file)).as("a refusal changes nothing").hasValue(at(3));
    }

    @Test
    void otherJournalOrOtherRows_areRefused() throws IOException {
        write(0, 1);

        assertThatThrownBy(() -> CheckpointFile.open(file, new JournalPosition(new UUID(3, 4), 9, Bytes32.ZERO)))
                .hasMessageContaining("another journal");
        assertThatThrownBy(() -> CheckpointFile.open(
                        file,
                        new JournalPosition(JOURNAL, 1, Fingerprint.of("x").sha256())))
                .hasMessageContaining("took another way");
    }

    @Test
    void lostFile_isRefused_unlessTheJournalIsAdopted() throws IOException {
        assertThatThrownBy(() -> CheckpointFile.open(file, at(5))).hasMessageContaining("missing");

        CheckpointFile.adopt(file, at(5)).close();

        CheckpointFile.open(file, at(5)).close();
    }

    @Test
    void adoptedOlderJournal_isTheLatestFromThenOn() throws IOException {
        write(0, 1, 2, 3);

        CheckpointFile.adopt(file, at(2)).close();

        assertThat(CheckpointFile.read(file)).hasValue(at(2));
    }

    @Test
    void writeThatACrashCut_leavesTheOneBefore() throws IOException {
        write(0, 1, 2);
        byte[] whole = Files.readAllBytes(file);
        byte[] cut = whole.clone();
        cut[20] ^= 1; // within the even line, which has version 2

        Files.write(file, cut);

        assertThat(CheckpointFile.read(file)).hasValue(at(1));
    }

    private void write(long... versions) throws IOException {
        try (CheckpointFile checkpoint = CheckpointFile.open(file, at(versions[0]))) {
            for (long version : versions) {
                checkpoint.write(at(version));
            }
        }
    }

    private static JournalPosition at(long version) {
        return new JournalPosition(
                JOURNAL, version, Fingerprint.of("version").field(version).sha256());
    }
}
