package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same commands give the same bytes of events in JVMs that compile, collect and hash otherwise. */
class OtherJvmTest {
    private static final int COMMANDS = 8_000;
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    /** Replays a file of commands and prints hashes of all bytes of events, and of the state. */
    static void main(String[] arguments) throws IOException {
        System.out.println(replay(Path.of(arguments[0])));
    }

    @Test
    @Timeout(4 * LIMIT_SECONDS)
    void theSameCommandsGiveTheSameBytesUnderOtherFlags() throws IOException, InterruptedException {
        Path commands = Files.write(folder.resolve("commands"), commands());
        String here = replay(commands);

        for (List<String> flags : List.of(
                List.of("-Xint"),
                List.of("-XX:+UseSerialGC", "-XX:-UseCompressedOops", "-XX:hashCode=2"),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC"))) {
            assertThat(elsewhere(flags, commands)).as("%s", flags).isEqualTo(here);
        }
    }

    private String elsewhere(List<String> flags, Path commands) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx200m", "-XX:+UnlockExperimentalVMOptions"));
        command.addAll(flags);
        command.addAll(List.of(
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OtherJvmTest.class.getName(),
                commands.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output).strip();
    }

    private static byte[] commands() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        SlowModel model = new SlowModel(EngineLimits.DEFAULT);
        RandomCommands drawn = new RandomCommands(new SplittableRandom(41), model, EngineLimits.DEFAULT);
        for (int i = 0; i < COMMANDS; i++) {
            Command command = drawn.next();
            model.apply(command);
            byte[] message = Wire.bytes(command);
            out.writeShort(message.length);
            out.write(message);
        }
        return bytes.toByteArray();
    }

    private static String replay(Path commands) throws IOException {
        Engine engine = new Engine();
        StateHash events = new StateHash();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(commands))) {
            while (in.available() > 0) {
                byte[] message = in.readNBytes(in.readShort());
                int length = engine.apply(new UnsafeBuffer(message), 0, message.length);
                events.accept(engine.events(), 0, length);
            }
        }
        return "%d answers, events %016x, state %016x".formatted(events.messages(), events.value(), engine.stateHash());
    }
}
