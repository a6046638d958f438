package io.quoin.signer.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * The second key: an Ed25519 key that signs nothing but checkpoints of the audit log. Its private half lies in a file of mode
 * 0600 (PKCS #8, PEM), its public half beside it in {@code .pub} (X.509, PEM). Whoever checks the log needs the public half
 * alone, and should keep a copy where the signer's host cannot change it. Stateless.
 */
public final class AuditKey {
    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int LINE = 64;

    private AuditKey() {}

    /**
     * Makes a key and writes both files.
     *
     * @param file the private half's; the public half's has {@code .pub} behind it
     * @throws IOException if a file is there already, or cannot be written
     */
    public static KeyPair create(Path file, SecureRandom random) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] secret = pair.getPrivate().getEncoded();
            write(file, PRIVATE, secret);
            Arrays.fill(secret, (byte) 0);
            write(publicFile(file), PUBLIC, pair.getPublic().getEncoded());
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 15 has Ed25519", e);
        }
    }

    /**
     * Reads the private half.
     *
     * @throws AuditException if others may read the file, or it holds no such key
     */
    public static PrivateKey privateKey(Path file) throws IOException {
        if (hasModes() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new AuditException("the audit key " + file + " may be read by others; run: chmod 600 " + file);
        }
        byte[] encoded = read(file, PRIVATE);
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new AuditException(file + " holds no Ed25519 private key", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * Reads a public half.
     *
     * @throws AuditException if the file holds no such key
     */
    public static PublicKey publicKey(Path file) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(read(file, PUBLIC)));
        } catch (GeneralSecurityException e) {
            throw new AuditException(file + " holds no Ed25519 public key", e);
        }
    }

    /** Where the public half of a key lies. */
    public static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private static void write(Path file, String kind, byte[] encoded) throws IOException {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
        byte[] text = "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, body, kind)
                .getBytes(US_ASCII);
        FileAttribute<?>[] modes = hasModes()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), modes)) {
            channel.write(ByteBuffer.wrap(text));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static byte[] read(Path file, String kind) throws IOException {
        String text = Files.readString(file, US_ASCII).strip();
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new AuditException(file + " is no PEM file with a " + kind);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
        } catch (IllegalArgumentException e) {
            throw new AuditException(file + " is no PEM file with a " + kind, e);
        }
    }

    private static boolean hasModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
