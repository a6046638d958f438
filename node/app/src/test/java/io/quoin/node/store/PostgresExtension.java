package io.quoin.node.store;

import io.quoin.node.schema.DatabaseAddress;
import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.schema.Migrations;
import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real PostgreSQL for the whole test run; an empty, migrated schema for each test, given as its {@link Database} or as
 * {@link Place}.
 */
public final class PostgresExtension implements BeforeEachCallback, ParameterResolver {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(PostgresExtension.class);

    /**
     * Where the test's schema is.
     *
     * @param address the database
     * @param schema the schema's name
     */
    public record Place(DatabaseAddress address, String schema) {}

    private record Server(EmbeddedPostgres postgres) implements AutoCloseable {
        static Server start() {
            try {
                Path home = QuoinHome.find();
                return new Server(EmbeddedPostgres.start(
                        home.resolve("node/app/target/test-postgres"), home.resolve(".quoin/cache")));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            postgres.close();
        }
    }

    private record Schema(DatabaseAddress address, String name, Database database) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
            Migrations.drop(address, name);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Server server = context.getRoot().getStore(SPACE).computeIfAbsent("server", _ -> Server.start(), Server.class);
        String name = "t" + SCHEMAS.incrementAndGet();
        Migrations.drop(server.postgres().address(), name);
        Database database = Database.open(server.postgres().address(), name);
        context.getStore(SPACE).put("schema", new Schema(server.postgres().address(), name, database));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Database.class || type == Place.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Schema schema = Objects.requireNonNull(context.getStore(SPACE).get("schema", Schema.class));
        return parameter.getParameter().getType() == Place.class
                ? new Place(schema.address(), schema.name())
                : schema.database();
    }
}
