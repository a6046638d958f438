package io.quoin.signer.keystore;

import io.quoin.signer.keystore.KeystoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * One private key in one file, encrypted after Web3 Secret Storage v3. New files use scrypt (n = 2^18, r = 8, p = 1);
 * files with PBKDF2 open too. Stateless, thread-safe; opening takes about a second and 256 MiB for a moment, on
 * purpose.
 */
public final class EncryptedKeystore {
    private static final int KEY_BYTES = 32;

    /** No keystore is larger; a larger file is not read. */
    private static final long FILE_BYTES_MAX = 64 * 1024;

    private EncryptedKeystore() {}

    /**
     * Makes a new random key and stores it; the file has mode 0600, its directory 0700 when it is made too. Throws
     * {@link KeystoreException} of kind {@code EXISTS} when the file is there, {@code UNWRITABLE} when it cannot be
     * written.
     */
    public static UnlockedKey create(Path file, Secret password) {
        byte[] drawn = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(drawn);
        try {
            // One draw in 2^128 is no key of the curve and would be refused here.
            UnlockedKey key = UnlockedKey.of(Secret.ofBytes(drawn));
            store(file, password, key);
            return key;
        } finally {
            Arrays.fill(drawn, (byte) 0);
        }
    }

    /** Stores a key that exists already; fails as {@link #create} does. */
    public static void store(Path file, Secret password, UnlockedKey key) {
        if (Files.exists(file)) { // before the second that the encryption takes
            throw exists(file);
        }
        write(file, KeystoreCipher.encrypt(password, key));
    }

    /** Writes a new file of its owner's; fails as {@link #create} does. */
    static void write(Path file, byte[] content) {
        if (Files.exists(file)) {
            throw exists(file);
        }
        try {
            PrivateFiles.create(file, content);
        } catch (IOException failed) {
            if (Files.exists(file)) {
                throw exists(file);
            }
            throw new KeystoreException(
                    Kind.UNWRITABLE,
                    "keystore " + file + " cannot be written; its directory must be one that this user may write",
                    failed);
        }
    }

    /**
     * Opens the file. Throws {@link KeystoreException} of kind {@code MISSING}, {@code EXPOSED}, {@code UNREADABLE} or
     * {@code WRONG_PASSWORD}.
     */
    public static UnlockedKey open(Path file, Secret password) {
        return KeystoreCipher.decrypt(file.toString(), read(file), password);
    }

    /** A file's content; fails as {@link #open} does, but for the password. */
    static byte[] read(Path file) {
        try {
            if (PrivateFiles.isExposed(file)) {
                throw new KeystoreException(
                        Kind.EXPOSED, "keystore " + file + " may be read or written by others; run: chmod 600 " + file);
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new KeystoreException(Kind.UNREADABLE, "keystore " + file + " is too large to be one");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new KeystoreException(
                    Kind.MISSING, "keystore " + file + " does not exist; check the path, or create one", missing);
        } catch (IOException failed) {
            throw new KeystoreException(Kind.UNREADABLE, "keystore " + file + " cannot be read", failed);
        }
    }

    private static KeystoreException exists(Path file) {
        return new KeystoreException(
                Kind.EXISTS, "keystore " + file + " exists already and is never overwritten; choose another path");
    }
}
