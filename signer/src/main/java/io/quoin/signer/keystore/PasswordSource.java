package io.quoin.signer.keystore;

import java.nio.file.Path;
import java.util.Objects;

/** Where a keystore's password comes from. */
public sealed interface PasswordSource {
    /**
     * Reads the password now; it is never empty. Throws {@link KeystoreException} of kind {@code NO_PASSWORD},
     * {@code EXPOSED} or {@code UNREADABLE}.
     */
    Secret read();

    /**
     * The first line of a file, without its line end; the file must be the owner's alone (mode 0600 or stricter)
     * where the file system knows modes.
     *
     * @param file the file
     */
    record PasswordFile(Path file) implements PasswordSource {
        /** Takes any path; what is wrong with the file is said when it is read. */
        public PasswordFile {
            Objects.requireNonNull(file, "file");
        }

        @Override
        public Secret read() {
            return PasswordReading.ofFile(file);
        }
    }

    /**
     * An environment variable of this process.
     *
     * @param name the variable's name
     */
    record EnvironmentVariable(String name) implements PasswordSource {
        /** Takes any name; whether the variable is set is found when it is read. */
        public EnvironmentVariable {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public Secret read() {
            return PasswordReading.ofVariable(name, System.getenv());
        }
    }
}
