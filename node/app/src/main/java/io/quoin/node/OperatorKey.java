package io.quoin.node;

import io.quoin.signer.keystore.EncryptedKeystore;
import io.quoin.signer.keystore.PasswordSource;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import java.nio.file.Files;
import java.nio.file.Path;

/** The operator's key in its encrypted file. Stateless. */
public final class OperatorKey {
    private OperatorKey() {}

    /**
     * Opens the key, making one on the first start.
     *
     * @param keystore the Web3 Secret Storage file
     * @param password where its password is read from
     */
    public static UnlockedKey openOrCreate(Path keystore, PasswordSource password) {
        Secret secret = password.read();
        try {
            return Files.exists(keystore)
                    ? EncryptedKeystore.open(keystore, secret)
                    : EncryptedKeystore.create(keystore, secret);
        } finally {
            secret.destroy();
        }
    }
}
