package io.quoin.node.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsIT {
    private static final Path CACHE = Path.of(System.getProperty("quoin.home"), ".quoin", "cache");

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start(folder, CACHE);
        migrateTo("1");
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void anEmptyDatabaseOfTheFirstSchema_isBroughtUpToDate_andNothingIsDoneTwice() {
        String reached = Migrations.apply(postgres.address(), "quoin");

        assertThat(reached).isNotEqualTo("1");
        assertThat(Migrations.apply(postgres.address(), "quoin")).isEqualTo(reached);
    }

    @Test
    void aLogOfTheFirstSchema_isRefusedInWords_andKept() throws SQLException {
        run("insert into quoin.command_log values (1, 'CREDIT', '{}', null, now())");

        assertThatThrownBy(() -> Migrations.apply(postgres.address(), "quoin"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("schema quoin of")
                .hasMessageContaining("start with an empty database")
                .hasMessageNotContaining("password");
        run("insert into quoin.command_log values (2, 'CREDIT', '{}', null, now())");
    }

    @Test
    void anInboxOfTheFirstSchema_isRefused() throws SQLException {
        run("insert into quoin.engine_inbox (source, kind, body) values ('market/A', 'OPEN_MARKET', '{}')");

        assertThatThrownBy(() -> Migrations.apply(postgres.address(), "quoin"))
                .hasMessageContaining("start with an empty database");
    }

    @Test
    void aDatabaseOfTheFirstVault_isRefusedInWords_andKept() throws SQLException {
        migrateTo("2");
        run("insert into quoin.network (chain, vault) values ('eip155:31337', '0x01')");

        assertThatThrownBy(() -> Migrations.apply(postgres.address(), "quoin"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first escrow vault")
                .hasMessageContaining("start with an empty database");
        run("update quoin.network set vault = '0x02'");
    }

    @Test
    void aUserWhoMayNotMakeRoles_isServed_withoutTheSignersRole() throws SQLException {
        DatabaseAddress weak = weakUser();

        Migrations.apply(weak, "weak");

        assertThat(roles()).isEqualTo("weak");
    }

    @Test
    void aSignersRole_thatWasMadeByHand_isGrantedWhatItNeeds() throws SQLException {
        DatabaseAddress weak = weakUser();
        run("create role quoin_signer nologin");
        run("grant quoin_signer to weak");

        Migrations.apply(weak, "weak");

        assertThat(roles()).isEqualTo("quoin_signer,weak");
        assertThat(text("select has_table_privilege('quoin_signer', 'weak.signer_audit', 'insert')"))
                .isEqualTo("t");
        assertThat(text("select has_table_privilege('quoin_signer', 'weak.signer_audit', 'update')"))
                .isEqualTo("f");
    }

    private DatabaseAddress weakUser() throws SQLException {
        run("create role weak login nocreaterole password 'weak'");
        run("grant create on database postgres to weak");
        return new DatabaseAddress(postgres.address().jdbcUrl(), "weak", "weak");
    }

    private String roles() throws SQLException {
        return text("select string_agg(rolname, ',' order by rolname) from pg_roles"
                + " where rolname in ('weak', 'quoin_signer')");
    }

    private String text(String sql) throws SQLException {
        DatabaseAddress address = postgres.address();
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private void migrateTo(String version) {
        DatabaseAddress address = postgres.address();
        Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .schemas("quoin")
                .defaultSchema("quoin")
                .locations("classpath:io/quoin/node/schema/migrations")
                .target(version)
                .load()
                .migrate();
    }

    private void run(String sql) throws SQLException {
        DatabaseAddress address = postgres.address();
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
