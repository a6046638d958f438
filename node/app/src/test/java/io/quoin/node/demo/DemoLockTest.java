package io.quoin.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLockTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void take_whenAnotherDemoHasIt_isRefusedWithItsProcess() throws IOException {
        try (var _ = DemoLock.take(directory)) {
            assertThatThrownBy(() -> DemoLock.take(directory))
                    .isInstanceOf(DemoFailure.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--directory");
        }
    }

    @Test
    void take_whenTheOtherHasEnded_succeeds() throws IOException {
        DemoLock.take(directory).close();

        try (var again = DemoLock.take(directory)) {
            assertThat(again).isNotNull();
        }
    }
}
