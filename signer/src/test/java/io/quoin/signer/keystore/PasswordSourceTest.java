package io.quoin.signer.keystore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.keystore.KeystoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordSourceTest {
    @TempDir
    Path directory;

    @Test
    void file_givesItsFirstLine() throws IOException {
        Path file = write("grüße von hier\nsecond line\n");

        assertThat(text(new PasswordSource.PasswordFile(file).read())).isEqualTo("grüße von hier");
    }

    @Test
    void file_whenMissingEmptyOrExposed_isRefused() throws IOException {
        refused(Kind.NO_PASSWORD, () -> new PasswordSource.PasswordFile(directory.resolve("none")).read());
        Path empty = write("\nsecond line");
        refused(Kind.NO_PASSWORD, () -> new PasswordSource.PasswordFile(empty).read());
        Path exposed = write("secret");
        Assumptions.assumeTrue(
                Files.getFileStore(directory).supportsFileAttributeView("posix"), "skipped, no POSIX modes");
        Files.setPosixFilePermissions(exposed, PosixFilePermissions.fromString("rw-r-----"));
        refused(Kind.EXPOSED, () -> new PasswordSource.PasswordFile(exposed).read());
    }

    @Test
    void variable_givesItsValue_andIsRefusedWhenUnset() {
        assertThat(text(PasswordReading.ofVariable("PASSWORD", Map.of("PASSWORD", "secret"))))
                .isEqualTo("secret");
        refused(Kind.NO_PASSWORD, () -> PasswordReading.ofVariable("PASSWORD", Map.of()));
        refused(Kind.NO_PASSWORD, () -> PasswordReading.ofVariable("PASSWORD", Map.of("PASSWORD", "")));
        refused(Kind.NO_PASSWORD, () -> new PasswordSource.EnvironmentVariable("QUOIN_SURELY_NOT_SET").read());
    }

    @Test
    void secret_showsNothing_andIsGoneWhenDestroyed() {
        Secret secret = Secret.ofText("hunter2");
        UnlockedKey key = UnlockedKey.of(Secret.ofBytes(keyOfOne()));

        assertThat(secret).hasToString("***");
        assertThat(key.toString()).contains("***").contains(key.address().hex()).doesNotContain("00000001");
        secret.destroy();
        assertThat(secret.isDestroyed()).isTrue();
        assertThatThrownBy(() -> secret.use(bytes -> bytes.length)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void key_whenOutOfRange_isRefused() {
        assertThatThrownBy(() -> UnlockedKey.of(Secret.ofBytes(new byte[32])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UnlockedKey.of(Secret.ofBytes(new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Path write(String content) throws IOException {
        Path file = Files.createTempFile(directory, "password", "");
        return Files.writeString(file, content);
    }

    private static byte[] keyOfOne() {
        byte[] one = new byte[32];
        one[31] = 1;
        return one;
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, UTF_8));
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(KeystoreException.class)
                .extracting(thrown -> ((KeystoreException) thrown).kind())
                .isEqualTo(kind);
    }
}
