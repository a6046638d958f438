package io.quoin.signer.keys.hd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.evm.Hex;
import io.quoin.signer.keys.KeyProviderContract;
import io.quoin.signer.keys.SampleKeys;
import io.quoin.signer.keys.SigningKey;
import io.quoin.signer.keystore.EncryptedKeystore;
import io.quoin.signer.keystore.EncryptedSeed;
import io.quoin.signer.keystore.KeystoreException;
import io.quoin.signer.keystore.KeystoreException.Kind;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A key derived from a seed in an encrypted file; the file is opened once, since that takes a second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedFileContractTest extends KeyProviderContract {
    private static final Secret PASSWORD = Secret.ofText("correct horse");
    private static final Secret NONE = Secret.ofText("");

    private UnlockedKey unlocked = UnlockedKey.of(Secret.ofBytes(SampleKeys.first()));

    @BeforeAll
    void openFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("seed.json");
        Secret entropy = HdSeed.drawEntropy(new SecureRandom());
        EncryptedSeed.store(file, PASSWORD, entropy, new SecureRandom());

        Secret opened = EncryptedSeed.open(file, PASSWORD);

        assertThat(hex(opened)).isEqualTo(hex(entropy));
        assertThat(Files.readString(file)).doesNotContain(hex(entropy).substring(2));
        try (HdSeed seed = HdSeed.ofEntropy(opened, NONE)) {
            unlocked = seed.key(DerivationPath.evm(0, 0));
        }
    }

    @Override
    protected SigningKey open() {
        return unlocked.signingKey();
    }

    @Override
    protected boolean isDeterministic() {
        return true;
    }

    @Override
    protected String secretInHex() {
        return hex(unlocked.privateKey()).substring(2);
    }

    @Test
    void seedFile_isRefused_whereItIsNotOne(@TempDir Path folder) {
        Path seed = folder.resolve("seed.json");
        Path key = folder.resolve("key.json");
        EncryptedSeed.store(seed, PASSWORD, HdSeed.drawEntropy(new SecureRandom()), new SecureRandom());
        EncryptedKeystore.create(key, PASSWORD);

        assertRefused(Kind.UNREADABLE, () -> EncryptedKeystore.open(seed, PASSWORD));
        assertRefused(Kind.UNREADABLE, () -> EncryptedSeed.open(key, PASSWORD));
        assertRefused(Kind.WRONG_PASSWORD, () -> EncryptedSeed.open(seed, Secret.ofText("wrong")));
        assertRefused(Kind.MISSING, () -> EncryptedSeed.open(folder.resolve("none"), PASSWORD));
        assertRefused(
                Kind.EXISTS,
                () -> EncryptedSeed.store(seed, PASSWORD, HdSeed.drawEntropy(new SecureRandom()), new SecureRandom()));
    }

    private static void assertRefused(Kind kind, Runnable opening) {
        assertThatThrownBy(opening::run)
                .isInstanceOfSatisfying(
                        KeystoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static String hex(Secret secret) {
        return secret.use(bytes -> Hex.of(bytes).text());
    }
}
