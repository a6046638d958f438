package io.quoin.signer.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.evm.Bytes32;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes fields one after the other, each behind its length in four bytes, so that no two lists of fields give the same
 * bytes. The first field names what is written and its version, so that no two kinds do either. Not thread-safe.
 */
public final class Fingerprint {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Fingerprint() {}

    /** Begins the bytes of that kind of record, for example {@code quoin-outcome-1}. */
    public static Fingerprint of(String kind) {
        return new Fingerprint().field(kind);
    }

    /** Adds a text, as UTF-8. */
    public Fingerprint field(String text) {
        return field(text.getBytes(UTF_8));
    }

    /** Adds a whole number, in decimal. */
    public Fingerprint field(BigInteger number) {
        return field(number.toString());
    }

    /** Adds a whole number, in decimal. */
    public Fingerprint field(long number) {
        return field(Long.toString(number));
    }

    /** Adds 32 bytes. */
    public Fingerprint field(Bytes32 word) {
        return field(word.bytes());
    }

    /** Adds those bytes. */
    public Fingerprint field(byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
        return this;
    }

    /** The bytes so far, in a new array. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /** The SHA-256 of the bytes so far. */
    public Bytes32 sha256() {
        return sha256(bytes());
    }

    /** The SHA-256 of those parts, one after the other. */
    public static Bytes32 sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return Bytes32.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
