package io.quoin.signer.keystore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.evm.Hex;
import io.quoin.signer.keys.KeyProviderContract;
import io.quoin.signer.keys.SampleKeys;
import io.quoin.signer.keys.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys from Web3 Secret Storage files, of both key derivations; a file is opened once, which takes a second. */
class KeystoreKeyContractTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OfScrypt extends FileContract {
        @Override
        Path write(Path folder, Secret password) {
            Path file = folder.resolve("scrypt.json");
            EncryptedKeystore.create(file, password);
            return file;
        }
    }

    /** The format's own example: test1 of ethereum/tests KeyStoreTests/basic_tests.json. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OfPbkdf2 extends FileContract {
        @Override
        Path write(Path folder, Secret password) throws IOException {
            Path file = folder.resolve("pbkdf2.json");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, KeystoreVectorsTest.PBKDF2.getBytes(UTF_8));
            return file;
        }
    }

    abstract static class FileContract extends KeyProviderContract {
        private UnlockedKey unlocked = UnlockedKey.of(Secret.ofBytes(SampleKeys.first()));

        abstract Path write(Path folder, Secret password) throws IOException;

        @BeforeAll
        void openFile(@TempDir Path folder) throws IOException {
            Secret password = Secret.ofText("testpassword");
            unlocked = EncryptedKeystore.open(write(folder, password), password);
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
            return unlocked.privateKey().use(bytes -> Hex.of(bytes).text().substring(2));
        }
    }
}
