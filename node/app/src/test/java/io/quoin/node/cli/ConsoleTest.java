package io.quoin.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(output, true, UTF_8);

    @Test
    void waiting_whenNoTerminal_printsNoControlCharacters() {
        try (var console = new Console(stream, stream, false)) {
            console.waiting("a block");
            console.line("mined");
            console.arrived();
        }

        assertThat(output.toString(UTF_8)).isEqualTo("mined" + System.lineSeparator());
    }

    @Test
    void waiting_whenTerminal_showsItAtOnceAndErasesItForTheNextLine() {
        try (var console = new Console(stream, stream, true)) {
            console.waiting("a block");
            console.line("mined");
        }

        assertThat(output.toString(UTF_8)).contains("a block  0.").contains("\r\u001b[Kmined" + System.lineSeparator());
    }
}
