package io.quoin.node.store.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.store.PostgresExtension;
import io.quoin.node.store.PostgresExtension.Place;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.Taken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a signer that is killed or frozen: a real process, by real signals. */
@ExtendWith(PostgresExtension.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class JournalProcessIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set below
    private Place place;

    @SuppressWarnings("NullAway.Init") // set below
    private SignerDatabase database;

    private final List<Child> children = new ArrayList<>();

    private record Child(Process process, PrintWriter input, BufferedReader output) {
        String ask(String line) throws IOException {
            input.println(line);
            return String.valueOf(output.readLine());
        }

        void signal(String name) throws IOException, InterruptedException {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        }
    }

    @BeforeEach
    void open(Place place) {
        this.place = place;
        database = SignerDatabase.open(place.address(), place.schema());
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Child child : children) {
            child.process().destroyForcibly().waitFor();
        }
        database.close();
    }

    @Test
    void killed_betweenTheKeepingAndTheReply_givesTheSameSignatureAgain() throws Exception {
        Child child = child();
        Hex made = new Hex(child.ask("sign 1 a"));
        assertThat(made.size()).isEqualTo(65);

        child.signal("KILL");
        child.process().waitFor();

        try (var journal = journal()) {
            assertThat(journal.take(JournalClaims.own(1, "a", 1))).isEqualTo(new Taken.SameAgain(Optional.of(made)));
            assertThat(journal.take(JournalClaims.own(1, "b", 9))).isInstanceOf(Taken.Conflict.class);
        }
    }

    @Test
    void killed_betweenTheCommitAndTheSigning_maySignThatPayloadAlone() throws Exception {
        Child child = child();
        assertThat(child.ask("take 1 a")).startsWith("Fresh");

        child.signal("KILL");
        child.process().waitFor();

        try (var journal = journal()) {
            assertThat(journal.take(JournalClaims.own(1, "b", 9))).isInstanceOf(Taken.Conflict.class);
            assertThat(journal.take(JournalClaims.own(1, "a", 1))).isEqualTo(new Taken.SameAgain(Optional.empty()));
        }
    }

    @Test
    void killed_atAnyMoment_leavesNoSlotWithTwoPayloads() throws Exception {
        long seed = System.nanoTime();
        System.out.println("JournalProcessIT seed " + seed);
        var random = new java.util.Random(seed);
        Child child = child();
        int asked = 200;
        for (int i = 0; i < asked; i++) {
            child.input().println("sign " + i + " a");
        }
        List<String> said = new ArrayList<>();
        int until = random.nextInt(asked / 2);
        for (int i = 0; i < until; i++) {
            said.add(String.valueOf(child.output().readLine()));
        }

        child.signal("KILL");
        child.process().waitFor();
        child.output().lines().filter(line -> line.length() == 132).forEach(said::add);

        try (var journal = journal()) {
            for (int i = 0; i < said.size(); i++) {
                assertThat(journal.take(JournalClaims.own(i, "a", 1)))
                        .as("slot " + i + " of " + said.size())
                        .isEqualTo(new Taken.SameAgain(Optional.of(new Hex(said.get(i)))));
            }
            for (int i = said.size(); i < asked; i++) {
                Taken other = journal.take(JournalClaims.own(i, "b", 9));
                Taken same = journal.take(JournalClaims.own(i, "a", 1));
                assertThat(List.of(other instanceof Taken.Conflict, same instanceof Taken.Conflict))
                        .as("slot " + i + " has one of the two")
                        .containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void frozen_pastItsLease_isRefusedOnceAnotherSignerStarted() throws Exception {
        Child first = child();
        assertThat(first.ask("take 1 a")).startsWith("Fresh");

        first.signal("STOP");
        try (var second = journal()) {
            assertThat(second.take(JournalClaims.own(1, "b", 9))).isInstanceOf(Taken.Conflict.class);
            assertThat(second.take(JournalClaims.own(2, "b", 9))).isEqualTo(new Taken.Fresh());
            first.signal("CONT");

            assertThat(first.ask("take 2 a")).isEqualTo("FENCED");
            assertThat(first.ask("take 3 a")).isEqualTo("FENCED");
            assertThat(first.ask("take 1 a")).isEqualTo("FENCED");
            assertThat(second.take(JournalClaims.own(3, "b", 9))).isEqualTo(new Taken.Fresh());
        }
    }

    private PostgresJournal journal() throws IOException {
        return PostgresJournal.open(
                database,
                new JournalOptions(
                        "test", JournalChild.LEASE, folder.resolve("checkpoint"), List.of(), Clock.systemUTC()));
    }

    private Child child() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        JournalChild.class.getName(),
                        place.address().jdbcUrl(),
                        place.address().user(),
                        place.schema(),
                        folder.resolve("checkpoint").toString())
                .redirectError(
                        ProcessBuilder.Redirect.to(folder.resolve("child.log").toFile()))
                .start();
        var child = new Child(
                process,
                new PrintWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8), true),
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
        children.add(child);
        child.input().println(place.address().password());
        String line = child.output().readLine();
        while (line != null && !line.equals("OPEN")) {
            line = child.output().readLine(); // what logging says on standard output
        }
        assertThat(line).as("the child's first word").isEqualTo("OPEN");
        return child;
    }
}
