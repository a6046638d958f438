package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainLogsTest {
    @TempDir
    private Path folder;

    @Test
    void makeRoom_deletesTheOldestLogsOfChains_andNothingElse() throws IOException {
        Path other = Files.writeString(folder.resolve("node.log"), "kept");
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        Path oldest = log(1);
        Path older = log(2);
        Path old = log(3);
        for (int i = 4; i <= ChainLogs.KEPT + 2; i++) {
            assertThat(log(i)).exists();
        }

        ChainLogs.makeRoom(folder.resolve("chain-new.log"));

        assertThat(oldest).doesNotExist();
        assertThat(older).doesNotExist();
        assertThat(old).exists();
        assertThat(other).exists();
        assertThat(folder.toFile().list()).hasSize(ChainLogs.KEPT + 1);
    }

    @Test
    void makeRoom_forALogThatSomebodyNamed_deletesNothing() throws IOException {
        for (int i = 1; i <= ChainLogs.KEPT + 2; i++) {
            assertThat(log(i)).exists();
        }

        ChainLogs.makeRoom(folder.resolve("mine.log"));

        assertThat(folder.toFile().list()).hasSize(ChainLogs.KEPT + 2);
    }

    @Test
    void makeRoom_makesTheFolder() throws IOException {
        Path log = folder.resolve("a").resolve("b").resolve(ChainLogs.newName(ChainEngine.ANVIL));

        ChainLogs.makeRoom(log);

        assertThat(log.getParent()).isDirectory();
    }

    private Path log(int second) throws IOException {
        Path file = folder.resolve(ChainLogs.newName(ChainEngine.ANVIL));
        Files.writeString(file, "log");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }
}
