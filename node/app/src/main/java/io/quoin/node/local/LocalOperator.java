package io.quoin.node.local;

import io.quoin.node.OperatorKey;
import io.quoin.signer.keystore.PasswordSource;
import io.quoin.signer.keystore.UnlockedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The operator of a local chain: an encrypted key whose password lies in a file beside it. For chains without value
 * only, because whoever reads the folder has the key.
 *
 * @param keystore the encrypted key
 * @param password the file with its password, mode 0600
 * @param address the operator's account, checksummed
 */
public record LocalOperator(Path keystore, Path password, String address) {
    private static final int PASSWORD_BYTES = 24;

    /**
     * Opens the key in a folder, making key and password if there are none. Takes about a second, on purpose.
     *
     * @throws IOException if the folder cannot be written
     */
    public static LocalOperator openOrCreate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path keystore = folder.resolve("operator.json");
        Path password = folder.resolve("operator.password");
        makePassword(password);
        UnlockedKey key = OperatorKey.openOrCreate(keystore, new PasswordSource.PasswordFile(password));
        key.privateKey().destroy(); // only the account is of interest here
        return new LocalOperator(keystore, password, key.address().checksummed());
    }

    /** Makes a file with a random password, for its owner only; leaves one that is there alone. */
    public static void makePassword(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        // Whole or not at all: a file that a kill left empty would lock everybody out.
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, HexFormat.of().formatHex(random) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public PasswordSource passwordSource() {
        return new PasswordSource.PasswordFile(password);
    }
}
