package io.quoin.node.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final Path CACHE = Path.of(System.getProperty("quoin.home"), ".quoin", "cache");

    @TempDir
    Path folder;

    @Test
    void itStarts_durable_withAPassword_andKeepsItsRowsThroughARestart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, CACHE)) {
            assertThat(ask(postgres.address(), "show fsync")).isEqualTo("on");
            assertThat(ask(postgres.address(), "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres.address(), "show data_checksums")).isEqualTo("on");
            ask(postgres.address(), "create table kept as select 7 as n");
            DatabaseAddress right = postgres.address();
            assertThatThrownBy(() -> ask(new DatabaseAddress(right.jdbcUrl(), right.user(), "guess"), "select 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, CACHE)) {
            assertThat(ask(postgres.address(), "select n from kept")).isEqualTo("7");
        }
    }

    @Test
    void aSecondOneOnTheSameDirectory_isRefused_andTheFirstGoesOn() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, CACHE)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, CACHE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));

            assertThat(ask(postgres.address(), "select 1")).isEqualTo("1");
            assertThat(EmbeddedPostgres.runningOn(folder)).contains(postgres.address());
        }
        assertThat(EmbeddedPostgres.runningOn(folder)).isEmpty();
    }

    @Test
    void aServerThatWasKilled_isStartedAgain_onTheSamePort_withItsRows() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, CACHE)) {
            ask(postgres.address(), "create table kept as select 7 as n");
            ProcessHandle killed = postgres.process();
            killed.destroyForcibly();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> ask(postgres.address(), "select n from kept").equals("7"));
            assertThat(postgres.process().pid()).isNotEqualTo(killed.pid());
        }
        assertThat(EmbeddedPostgres.runningOn(folder)).isEmpty();
    }

    private static String ask(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
