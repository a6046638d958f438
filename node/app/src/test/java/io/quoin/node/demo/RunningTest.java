package io.quoin.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningTest {
    private final List<String> ended = new ArrayList<>();
    private final Running running = new Running();

    @Test
    void close_endsTheLastFirst() {
        running.hold(resource("chain"));
        running.hold(resource("node"));

        running.close();

        assertThat(ended).containsExactly("node", "chain");
    }

    @Test
    void close_whenOneFails_endsTheRest() {
        running.hold(resource("chain"));
        running.hold(() -> {
            throw new IllegalStateException("stuck");
        });

        running.close();

        assertThat(ended).containsExactly("chain");
    }

    @Test
    void hold_whenClosedMeanwhile_endsItAtOnce() {
        running.close();

        assertThatThrownBy(() -> running.hold(resource("late"))).isInstanceOf(DemoFailure.class);

        assertThat(ended).containsExactly("late");
    }

    private AutoCloseable resource(String name) {
        return () -> ended.add(name);
    }
}
