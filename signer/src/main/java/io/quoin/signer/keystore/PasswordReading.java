package io.quoin.signer.keystore;

import io.quoin.signer.keystore.KeystoreException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads passwords; the environment is a parameter so that tests need not change the process's. */
final class PasswordReading {
    private PasswordReading() {}

    static Secret ofFile(Path file) {
        try {
            if (PrivateFiles.isExposed(file)) {
                throw new KeystoreException(
                        Kind.EXPOSED,
                        "password file " + file + " may be read or written by others; run: chmod 600 " + file);
            }
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                return nonEmpty(reader.readLine(), "password file " + file + " has an empty first line");
            }
        } catch (NoSuchFileException missing) {
            throw new KeystoreException(
                    Kind.NO_PASSWORD, "password file " + file + " does not exist; write the password into it", missing);
        } catch (IOException unreadable) {
            throw new KeystoreException(
                    Kind.UNREADABLE, "password file " + file + " cannot be read as UTF-8 text", unreadable);
        }
    }

    static Secret ofVariable(String name, Map<String, String> environment) {
        return nonEmpty(environment.get(name), "environment variable " + name + " is not set or empty");
    }

    private static Secret nonEmpty(@Nullable String password, String problem) {
        if (password == null || password.isEmpty()) {
            throw new KeystoreException(Kind.NO_PASSWORD, problem);
        }
        return Secret.ofText(password);
    }
}
