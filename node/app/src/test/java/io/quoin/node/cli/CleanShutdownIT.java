package io.quoin.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A demo in a process of its own, told to end as Ctrl-C does: nothing that it started may live on. */
class CleanShutdownIT {
    private static final Path FOLDER = Path.of("target", "clean-shutdown-it").toAbsolutePath();
    private static final Duration STARTED_LIMIT = Duration.ofMinutes(2);
    private static final Duration ENDED_LIMIT = Duration.ofSeconds(40);
    private static final int ENDED_BY_INTERRUPT = 130;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatATestLeft() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardhat", "anvil"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void interrupt_whenEverythingRuns_endsAllOfIt(String chain) throws IOException, InterruptedException {
        Set<ProcessHandle> children = interruptWhen("Three things to try", "up-" + chain, chain);

        assertThat(children).as("the chain and the database at least").hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "CHAIN", "DATABASE", "DEPLOYED"})
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void interrupt_whileStarting_endsWhatWasThere(String moment) throws IOException, InterruptedException {
        interruptWhen(moment, "early", "anvil");
    }

    private Set<ProcessHandle> interruptWhen(String line, String name, String chain)
            throws IOException, InterruptedException {
        Path directory = FOLDER.resolve(name);
        Path output = Files.createDirectories(directory).resolve("output.txt");
        Files.deleteIfExists(output);
        Instant begin = Instant.now().minusSeconds(1); // systems round the start of a process
        Process demo = start(directory, output, chain);
        await().atMost(STARTED_LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(demo.isAlive()).as(() -> read(output)).isTrue();
            return read(output).contains(line);
        });
        Set<ProcessHandle> children = demo.descendants().collect(Collectors.toCollection(HashSet::new));

        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();

        assertThat(demo.waitFor(ENDED_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        assertThat(demo.exitValue()).isEqualTo(ENDED_BY_INTERRUPT);
        await().atMost(ENDED_LIMIT)
                .untilAsserted(() -> assertThat(alive(children, begin)).isEmpty());
        assertThat(read(output)).contains("Ended.").doesNotContain("Exception", "DISAGREES");
        return children;
    }

    private Process start(Path directory, Path output, String chain) throws IOException {
        List<String> command = new ArrayList<>(withInterruptsHeard());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dquoin.home=" + QuoinHome.find(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Quoin.class.getName(),
                "demo",
                "--keep",
                "--chain=" + chain,
                "--http-port=0",
                "--directory=" + directory));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);
        return process;
    }

    /** A build in the background may have been started deaf to interrupts, and children inherit that. */
    private static List<String> withInterruptsHeard() {
        return Files.isExecutable(Path.of("/usr/bin/perl"))
                ? List.of("/usr/bin/perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV or die", "--")
                : List.of();
    }

    /** What is left: the children seen before, and any process of this clone that began later and was not seen. */
    private static List<String> alive(Set<ProcessHandle> children, Instant begin) {
        String home = QuoinHome.find().toString();
        Set<ProcessHandle> suspects = new HashSet<>(children);
        ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().startInstant().filter(begin::isBefore).isPresent())
                .filter(process -> process.info()
                        .commandLine()
                        .filter(text -> text.contains(home + "/"))
                        .isPresent())
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .forEach(suspects::add);
        return suspects.stream()
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
