package io.quoin.node.store.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.schema.Migrations;
import io.quoin.signer.journal.JournalException;
import io.quoin.signer.journal.JournalException.Kind;
import io.quoin.signer.journal.Taken;
import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole database server, put back from an old copy of its files. */
class RestoredJournalIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void oldCopyOfTheDatabase_isRefused_andTheLatestIsNot() throws IOException {
        Path server = folder.resolve("server");
        use(server, 1);
        copy(server.resolve("data"), folder.resolve("old"));
        use(server, 2);
        copy(server.resolve("data"), folder.resolve("latest"));

        putBack(folder.resolve("old"), server);
        assertThatThrownBy(() -> use(server, 3))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.ROLLED_BACK))
                .hasMessageContaining("this database is an old copy");
        assertThatThrownBy(() -> use(server, 3)).as("and again").isInstanceOf(JournalException.class);

        putBack(folder.resolve("latest"), server);
        use(server, 3);
    }

    private void use(Path server, int nonce) throws IOException {
        try (var postgres = EmbeddedPostgres.start(server, QuoinHome.find().resolve(".quoin/cache"))) {
            Migrations.apply(postgres.address(), "quoin");
            try (var database = SignerDatabase.open(postgres.address(), "quoin");
                    var journal = PostgresJournal.open(
                            database,
                            new JournalOptions(
                                    "test",
                                    Duration.ofSeconds(2),
                                    folder.resolve("checkpoint"),
                                    List.of(),
                                    Clock.systemUTC()))) {
                assertThat(journal.take(JournalClaims.send(nonce, "a" + nonce, 1)))
                        .isInstanceOf(Taken.Fresh.class);
            }
        }
    }

    private static void putBack(Path copy, Path server) throws IOException {
        Files.move(
                server.resolve("data"),
                Files.createTempDirectory(server, "gone").resolve("data"));
        copy(copy, server.resolve("data"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
