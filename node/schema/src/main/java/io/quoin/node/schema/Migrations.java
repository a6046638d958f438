package io.quoin.node.schema;

import java.sql.SQLException;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database schema to the version of this program. Stateless; safe to call from any thread. */
public final class Migrations {
    /** Where the numbered SQL files lie on the class path. */
    private static final String LOCATION = "classpath:io/quoin/node/schema/migrations";

    /** The state of an error that a migration raises itself, in words that say what to do. */
    private static final String RAISED = "P0001";

    private Migrations() {}

    /**
     * Applies what is missing, and nothing else.
     *
     * @param address the database
     * @param schema the schema to bring up to date, made if it does not exist
     * @return the version reached
     * @throws IllegalStateException if the schema was made by a newer Quoin or its history was changed, or
     *     if a migration refuses what it holds; the message says why
     */
    public static String apply(DatabaseAddress address, String schema) {
        Flyway flyway = flyway(address, schema, true);
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw refused(address, schema, e);
        }
        var current = Objects.requireNonNull(flyway.info().current(), "no migration was applied");
        return Objects.requireNonNull(current.getVersion(), "a migration without version")
                .getVersion();
    }

    /** Drops a schema with all that it holds. For demonstrations and tests only. */
    public static void drop(DatabaseAddress address, String schema) {
        try {
            flyway(address, schema, false).clean();
        } catch (FlywayException e) {
            throw refused(address, schema, e);
        }
    }

    private static IllegalStateException refused(DatabaseAddress address, String schema, FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String said =
                        String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
                if (RAISED.equals(sql.getSQLState())) {
                    return new IllegalStateException(
                            "schema " + schema + " of " + address + " cannot be brought up to date: " + said, failure);
                }
                return new IllegalStateException(
                        "the database " + address + " refuses: " + said
                                + "; start it, or correct its URL, user and password",
                        failure);
            }
        }
        return new IllegalStateException(
                "schema " + schema + " of " + address + " cannot be brought up to date: " + failure.getMessage(),
                failure);
    }

    private static Flyway flyway(DatabaseAddress address, String schema, boolean cleanDisabled) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .schemas(schema)
                .defaultSchema(schema)
                .locations(LOCATION)
                .cleanDisabled(cleanDisabled)
                .load();
    }
}
