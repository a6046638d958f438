package io.quoin.node.codegen;

import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.schema.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/**
 * Migrates an empty PostgreSQL and writes jOOQ's classes for it. Does nothing while the migrations are the ones
 * that the classes at hand were made from.
 */
public final class TableGenerator {
    private static final String SCHEMA = "quoin";

    private TableGenerator() {}

    /**
     * Entry point of the build.
     *
     * @param args the folder to write sources to, a scratch folder, the cache of unpacked programs, and the folder
     *     of the migrations
     */
    public static void main(String[] args) throws Exception {
        Path sources = Path.of(args[0]);
        Path scratch = Path.of(args[1]);
        String fingerprint = fingerprint(Path.of(args[3]));
        Path stamp = sources.resolve("migrations.sha256");
        if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint)) {
            return;
        }
        try (var postgres = EmbeddedPostgres.start(scratch, Path.of(args[2]))) {
            var address = postgres.address();
            Migrations.drop(address, SCHEMA);
            Migrations.apply(address, SCHEMA);
            GenerationTool.generate(new Configuration()
                    .withJdbc(new Jdbc()
                            .withUrl(address.jdbcUrl())
                            .withUser(address.user())
                            .withPassword(address.password()))
                    .withGenerator(new Generator()
                            .withDatabase(new Database()
                                    .withInputSchema(SCHEMA)
                                    .withOutputSchemaToDefault(true)
                                    .withExcludes("flyway_schema_history"))
                            .withGenerate(new Generate()
                                    .withComments(false)
                                    .withPojos(false)
                                    .withRoutines(false))
                            .withTarget(new Target()
                                    .withPackageName("io.quoin.node.store.generated")
                                    .withDirectory(sources.toString()))));
        }
        Files.writeString(stamp, fingerprint);
    }

    private static String fingerprint(Path migrations) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.list(migrations)) {
            for (Path file : files.sorted().toList()) {
                digest.update(file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
