package io.quoin.node.schema;

import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database schema to the version of this program. Stateless; safe to call from any thread. */
public final class Migrations {
    /** Where the numbered SQL files lie on the class path. */
    private static final String LOCATION = "classpath:io/quoin/node/schema/migrations";

    private Migrations() {}

    /**
     * Applies what is missing, and nothing else.
     *
     * @param address the database
     * @param schema the schema to bring up to date, made if it does not exist
     * @return the version reached
     * @throws IllegalStateException if the schema was made by a newer Quoin or its history was changed
     */
    public static String apply(DatabaseAddress address, String schema) {
        Flyway flyway = flyway(address, schema, true);
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "schema " + schema + " of " + address + " cannot be brought up to date: " + e.getMessage(), e);
        }
        var current = Objects.requireNonNull(flyway.info().current(), "no migration was applied");
        return Objects.requireNonNull(current.getVersion(), "a migration without version")
                .getVersion();
    }

    /** Drops a schema with all that it holds. For demonstrations and tests only. */
    public static void drop(DatabaseAddress address, String schema) {
        flyway(address, schema, false).clean();
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
