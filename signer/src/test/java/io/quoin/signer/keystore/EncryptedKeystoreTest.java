package io.quoin.signer.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.keystore.KeystoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedKeystoreTest {
    /** Test 1 of ethereum/tests KeyStoreTests/basic_tests.json, the Web3 Secret Storage definition's own. */
    private static final String PBKDF2_FILE = """
            {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
            "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
            "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
            "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
            "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
            "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""";

    private static final String PBKDF2_KEY = "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

    private final Secret password = Secret.ofText("correct horse battery staple");

    @TempDir
    Path directory;

    @Test
    void create_thenOpen_givesTheSameKey() {
        Path file = directory.resolve("keys").resolve("operator.json");

        UnlockedKey created = EncryptedKeystore.create(file, password);
        UnlockedKey opened = EncryptedKeystore.open(file, password);

        assertThat(opened.address()).isEqualTo(created.address());
        assertThat(keyHex(opened)).isEqualTo(keyHex(created));
        refused(Kind.WRONG_PASSWORD, () -> EncryptedKeystore.open(file, Secret.ofText("guess")));
        refused(Kind.EXISTS, () -> EncryptedKeystore.create(file, password));
        assertThat(EncryptedKeystore.open(file, password).address()).isEqualTo(created.address());
    }

    @Test
    void create_leavesOneFileThatOnlyItsOwnerReads() throws IOException {
        Path file = directory.resolve("keys").resolve("operator.json");
        Assumptions.assumeTrue(
                Files.getFileStore(directory).supportsFileAttributeView("posix"), "skipped, no POSIX modes");

        EncryptedKeystore.create(file, password);

        assertThat(modes(file)).isEqualTo("rw-------");
        assertThat(modes(directory.resolve("keys"))).isEqualTo("rwx------");
        try (var files = Files.list(directory.resolve("keys"))) {
            assertThat(files).containsExactly(file);
        }
        assertThat(Files.readString(file)).doesNotContain("correct horse");
    }

    @Test
    void open_whenOthersMayReadTheFile_isRefused() throws IOException {
        Path file = write(PBKDF2_FILE);
        Assumptions.assumeTrue(
                Files.getFileStore(directory).supportsFileAttributeView("posix"), "skipped, no POSIX modes");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        refused(Kind.EXPOSED, () -> EncryptedKeystore.open(file, Secret.ofText("testpassword")));
    }

    @Test
    void open_pbkdf2_givesTheVectorsKey() throws IOException {
        UnlockedKey key = EncryptedKeystore.open(write(PBKDF2_FILE), Secret.ofText("testpassword"));

        assertThat(keyHex(key)).isEqualTo(PBKDF2_KEY);
        assertThat(key.address()).isEqualTo(EvmAddress.of("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b"));
    }

    @Test
    void open_whenMissing_saysWhere() {
        Path file = directory.resolve("nowhere.json");

        assertThatThrownBy(() -> EncryptedKeystore.open(file, password))
                .isInstanceOf(KeystoreException.class)
                .hasMessageContaining(file.toString())
                .extracting(thrown -> ((KeystoreException) thrown).kind())
                .isEqualTo(Kind.MISSING);
    }

    @Test
    void open_whenMalformed_isRefusedWithoutGuessing() throws IOException {
        unreadable("");
        unreadable("not json");
        unreadable("[]");
        unreadable(PBKDF2_FILE.replace("\"version\":3", "\"version\":4"));
        unreadable(PBKDF2_FILE.replace("aes-128-ctr", "aes-128-cbc"));
        unreadable(PBKDF2_FILE.replace("pbkdf2", "argon2"));
        unreadable(PBKDF2_FILE.replace("hmac-sha256", "hmac-sha1"));
        unreadable(PBKDF2_FILE.replace("262144", "2000000000"));
        unreadable(PBKDF2_FILE.replace("\"dklen\":32", "\"dklen\":16"));
        unreadable(PBKDF2_FILE.replace("5318b4d5", "5318b4"));
        unreadable(PBKDF2_FILE.replace("6087dab2", "zz87dab2"));
        unreadable(PBKDF2_FILE.replace("\"version\":3", "\"version\":3,\"address\":\"" + "1".repeat(40) + "\""));
    }

    @Test
    void open_whenTheCiphertextWasChanged_isRefused() throws IOException {
        Path file = write(PBKDF2_FILE.replace("5318b4d5", "5318b4d6"));

        refused(Kind.WRONG_PASSWORD, () -> EncryptedKeystore.open(file, Secret.ofText("testpassword")));
    }

    @Test
    void store_whenTheDirectoryIsAFile_saysThatItCannotWrite() throws IOException {
        Path file = Files.createFile(directory.resolve("file")).resolve("operator.json");

        refused(Kind.UNWRITABLE, () -> EncryptedKeystore.create(file, password));
    }

    private void unreadable(String content) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> EncryptedKeystore.open(file, Secret.ofText("testpassword")))
                .as(content)
                .isInstanceOf(KeystoreException.class)
                .hasMessageContaining(file.toString())
                .extracting(thrown -> ((KeystoreException) thrown).kind())
                .isEqualTo(Kind.UNREADABLE);
    }

    private Path write(String content) throws IOException {
        Path file = Files.createTempFile(directory, "key", ".json");
        return Files.writeString(file, content);
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(KeystoreException.class)
                .hasMessageNotContaining("correct horse")
                .extracting(thrown -> ((KeystoreException) thrown).kind())
                .isEqualTo(kind);
    }

    private static String modes(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String keyHex(UnlockedKey key) {
        return key.privateKey().use(bytes -> Hex.of(bytes).text());
    }
}
