package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R15 one command runs every test")
class TestCommandTest {
    private static final String COMMAND = "mvn verify";

    @Test
    void continuousIntegration_runsTheReadmesOwnCommand_andNoOther() throws IOException {
        Path home = QuoinHome.find();

        assertThat(Files.readAllLines(home.resolve("README.md"))).anyMatch(line -> line.startsWith(COMMAND + " "));
        assertThat(Files.readAllLines(home.resolve(".ci/run")))
                .filteredOn(
                        line -> line.contains("mvn") && !line.startsWith("mvn --version") && !line.startsWith("echo"))
                .containsExactly("exec " + COMMAND);
    }
}
