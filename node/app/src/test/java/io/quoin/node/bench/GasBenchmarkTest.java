package io.quoin.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GasBenchmarkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void command_measuresThePeersToo_unlessItMustBeQuick() {
        assertThat(GasBenchmark.command(false)).endsWith("gas", "--peers");
        assertThat(GasBenchmark.command(true)).endsWith("gas");
    }

    @Test
    void run_whenItsScriptFails_saysSoWithItsLastWord() {
        List<String> lines = new ArrayList<>();
        BenchContext context = new BenchContext(folder, folder, true, lines::add);

        assertThatThrownBy(() -> new GasBenchmark().run(context))
                .isInstanceOf(BenchFailure.class)
                .hasMessage("the gas benchmark failed: " + lines.getLast());
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("contracts/tools/build.mjs"));
    }
}
