package io.quoin.signer.keystore;

import io.quoin.signer.keystore.KeystoreException.Kind;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The entropy of a BIP-39 seed in one file, encrypted as a key's file is (scrypt and AES-128-CTR of Web3 Secret
 * Storage) and told apart from one: other tools that read a key's file refuse it. Stateless, thread-safe.
 */
public final class EncryptedSeed {
    private EncryptedSeed() {}

    /**
     * Stores entropy of 16 to 32 bytes in a new file of mode 0600; fails as {@link EncryptedKeystore#create} does.
     *
     * @param random draws the file's salt and initialisation vector
     */
    public static void store(Path file, Secret password, Secret entropy, SecureRandom random) {
        EncryptedKeystore.write(file, KeystoreCipher.encryptSeed(password, entropy, random));
    }

    /**
     * Opens the file. Throws {@link KeystoreException} of kind {@code MISSING}, {@code EXPOSED}, {@code UNREADABLE} or
     * {@code WRONG_PASSWORD}; {@link Kind#UNREADABLE} for a file with a single key too.
     */
    public static Secret open(Path file, Secret password) {
        return KeystoreCipher.decryptSeed(file.toString(), EncryptedKeystore.read(file), password);
    }
}
