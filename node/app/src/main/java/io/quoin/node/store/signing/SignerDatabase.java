package io.quoin.node.store.signing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.quoin.node.schema.DatabaseAddress;
import java.time.Duration;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Connections of the signer's own, as role {@code quoin_signer}: it can delete nothing, and can change nothing of the audit
 * log. The schema must be up to date. Thread-safe; every call waits for the database.
 */
public final class SignerDatabase implements AutoCloseable {
    /** The role; migration V4 makes it. */
    public static final String ROLE = "quoin_signer";

    private static final int CONNECTIONS_MAX = 4;
    private static final long CONNECTION_WAIT_MILLIS = 5_000;
    /** A signer that was frozen within a transaction must not keep the next one out for longer. */
    private static final Duration IDLE_IN_TRANSACTION_MAX = Duration.ofSeconds(5);

    private final HikariDataSource pool;
    private final DSLContext root;

    private SignerDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.root = DSL.using(pool, SQLDialect.POSTGRES);
    }

    /**
     * Opens the pool.
     *
     * @param address the database, and a login that is a member of the role
     * @throws IllegalStateException if the database cannot be used; the message says why
     */
    public static SignerDatabase open(DatabaseAddress address, String schema) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setSchema(schema);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql("set role " + ROLE + "; set idle_in_transaction_session_timeout = "
                + IDLE_IN_TRANSACTION_MAX.toMillis());
        try {
            SignerDatabase database = new SignerDatabase(new HikariDataSource(config));
            database.requireDurable();
            return database;
        } catch (HikariPool.PoolInitializationException e) {
            throw new IllegalStateException(
                    "the signer cannot use the database " + address + ": " + e.getMessage()
                            + ". It must run, be migrated, and let " + address.user() + " be " + ROLE
                            + " (grant " + ROLE + " to " + address.user() + ")",
                    e);
        }
    }

    /** Runs work in one transaction, read committed; an exception rolls it back and passes through. */
    <T> T in(Function<DSLContext, T> work) {
        return root.transactionResult(configuration -> work.apply(configuration.dsl()));
    }

    @Override
    public void close() {
        pool.close();
    }

    private void requireDurable() {
        try {
            for (String setting : new String[] {"synchronous_commit", "fsync"}) {
                if ("off".equals(String.valueOf(root.fetchValue("show " + setting)))) {
                    throw new IllegalStateException(
                            "the database may lose what it acknowledged: " + setting + " is off and must be on");
                }
            }
        } catch (DataAccessException | IllegalStateException e) {
            close();
            throw e;
        }
    }
}
