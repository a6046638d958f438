package io.quoin.testnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code .quoin/testnet.json}; replaced in one step, so that no reader sees half of it. */
final class ManifestFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;

    ManifestFile(Path home) {
        this.file = home.resolve(".quoin").resolve("testnet.json");
    }

    Optional<TestnetManifest> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), TestnetManifest.class));
        } catch (IOException | JacksonException e) {
            throw new TestnetException(
                    "%s cannot be read (%s). If no testnet runs, delete it.".formatted(file, e.getMessage()), e);
        }
    }

    void write(TestnetManifest manifest) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(next, JSON.writeValueAsString(manifest));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TestnetException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new TestnetException("%s cannot be deleted: %s".formatted(file, e.getMessage()), e);
        }
    }
}
