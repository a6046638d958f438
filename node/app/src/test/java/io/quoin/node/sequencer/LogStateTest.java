package io.quoin.node.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.Command;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogStateTest {
    private final LogState state = new LogState(1);

    @Test
    void theEnginesTime_isTheLatestOfTheLog() {
        state.apply(time(1, 20));
        state.apply(time(2, 10));

        assertThat(state.engine().nowSeconds()).isEqualTo(20);
        assertThat(state.position()).isEqualTo(2);
    }

    @Test
    void aGap_isRefused_andChangesNothing() {
        state.apply(time(1, 20));

        assertThatThrownBy(() -> state.apply(time(3, 30)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("position 3 after 1");
        assertThat(state.engine().nowSeconds()).isEqualTo(20);
    }

    private static LogEntry time(long position, long seconds) {
        return new LogEntry(
                position,
                new Command.AdvanceTime(seconds),
                Optional.empty(),
                Optional.empty(),
                Instant.ofEpochSecond(seconds));
    }
}
