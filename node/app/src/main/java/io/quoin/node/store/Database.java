package io.quoin.node.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.quoin.node.schema.DatabaseAddress;
import io.quoin.node.schema.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * A pool of connections to one schema that is up to date. Thread-safe; every call waits for the database, so call it
 * from virtual threads.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 12;
    private static final long CONNECTION_WAIT_MILLIS = 5_000;
    /** Names the lock of the one node that runs on a schema. */
    private static final String CLAIM = "(hashtext('quoin node'), hashtext(current_schema()))";

    private final HikariDataSource pool;
    private final DSLContext root;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.root = DSL.using(pool, SQLDialect.POSTGRES);
    }

    /**
     * Applies the migrations and opens the pool.
     *
     * @throws IllegalStateException if the database is not fit to keep money in; the message says why
     */
    public static Database open(DatabaseAddress address, String schema) {
        Migrations.apply(address, schema);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setSchema(schema);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        Database database = new Database(new HikariDataSource(config));
        try {
            database.requireDurable();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /**
     * Runs work in one transaction, read committed; an exception rolls it back and passes through.
     *
     * @throws DatabaseAwayException if the connection cannot be had or is lost
     */
    public <T> T in(Function<DSLContext, T> work) {
        try {
            return root.transactionResult(configuration -> work.apply(configuration.dsl()));
        } catch (DataAccessException e) {
            throw isAway(e) ? new DatabaseAwayException(e) : e;
        }
    }

    /** As {@link #in}, without a result. */
    public void run(Consumer<DSLContext> work) {
        in(tx -> {
            work.accept(tx);
            return Boolean.TRUE;
        });
    }

    /**
     * Makes this program the one writer of the schema, until the returned claim is closed or its connection ends.
     *
     * @throws IllegalStateException if another program is
     */
    public AutoCloseable claim() {
        Connection connection = connection();
        try {
            DSLContext session = DSL.using(connection, SQLDialect.POSTGRES);
            boolean mine = Boolean.TRUE.equals(session.fetchValue("select pg_try_advisory_lock" + CLAIM));
            if (!mine) {
                connection.close();
                throw new IllegalStateException("another node runs on this database and schema; stop it first, or give"
                        + " this one a database of its own");
            }
            // The connection goes back to the pool, which would keep the lock: it is given back in words.
            return () -> {
                session.fetchValue("select pg_advisory_unlock" + CLAIM);
                connection.close();
            };
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
        }
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
        }
    }

    /** Returns whether the database answers. */
    public boolean answers() {
        try {
            return root.selectOne().fetchOne() != null;
        } catch (DataAccessException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** No connection in time, a connection lost (class 08), or a server on its way down or up (class 57P). */
    private static boolean isAway(DataAccessException e) {
        String state = e.sqlState();
        return e.getCause() instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P");
    }

    private void requireDurable() {
        String commit = String.valueOf(root.fetchValue("show synchronous_commit"));
        String fsync = String.valueOf(root.fetchValue("show fsync"));
        if (commit.equals("off") || fsync.equals("off")) {
            throw new IllegalStateException("the database may lose what it acknowledged: synchronous_commit is "
                    + commit + " and fsync is " + fsync + "; both must be on");
        }
    }
}
