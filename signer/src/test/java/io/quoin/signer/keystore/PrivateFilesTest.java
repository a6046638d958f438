package io.quoin.signer.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.keystore.PrivateFiles.Linking;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateFilesTest {
    @TempDir
    Path directory;

    /** A file system that links, and how those speak that do not. */
    static Stream<Linking> fileSystems() {
        return Stream.of(
                Files::createLink,
                (name, existing) -> {
                    throw new UnsupportedOperationException();
                },
                (name, existing) -> {
                    throw new FileSystemException(name.toString(), existing.toString(), "Operation not permitted");
                });
    }

    @ParameterizedTest
    @MethodSource("fileSystems")
    void publish_givesTheDraftItsName(Linking linking) throws IOException {
        Path file = directory.resolve("operator.json");

        PrivateFiles.publish(draft("new"), file, linking);

        assertThat(file).hasContent("new");
    }

    @ParameterizedTest
    @MethodSource("fileSystems")
    void publish_whenTheNameIsTaken_isRefused(Linking linking) throws IOException {
        Path file = Files.writeString(directory.resolve("operator.json"), "old");

        assertThatThrownBy(() -> PrivateFiles.publish(draft("new"), file, linking))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("old");
    }

    private Path draft(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, ".key", ".tmp"), content);
    }
}
