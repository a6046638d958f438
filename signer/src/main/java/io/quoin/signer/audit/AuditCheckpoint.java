package io.quoin.signer.audit;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.fingerprint.Fingerprint;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Objects;

/**
 * The end of the chain at a moment, signed by the second key.
 *
 * @param head the end
 * @param at when, whole milliseconds
 * @param signature Ed25519, 64 bytes
 */
public record AuditCheckpoint(AuditHead head, Instant at, Hex signature) {
    private static final String ALGORITHM = "Ed25519";
    private static final String HEADING = "quoin-audit-checkpoint-1";

    /** Takes any; {@link #isSignedBy} says whether it counts. */
    public AuditCheckpoint {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(signature, "signature");
    }

    /** Signs that end. */
    public static AuditCheckpoint sign(AuditHead head, Instant at, PrivateKey key) {
        try {
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(key);
            signing.update(bytes(head, at));
            return new AuditCheckpoint(head, Instant.ofEpochMilli(at.toEpochMilli()), Hex.of(signing.sign()));
        } catch (GeneralSecurityException e) {
            throw new AuditException("the audit key cannot sign a checkpoint; is it an Ed25519 key?", e);
        }
    }

    /** Whether that key signed it. */
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(bytes(head, at));
            return check.verify(signature.bytes());
        } catch (GeneralSecurityException _) {
            return false; // a signature of another form, or a key of another kind
        }
    }

    /** Its line in the file of checkpoints. */
    public String line() {
        return String.join(
                " ",
                HEADING,
                Long.toString(head.number()),
                head.hash().hex(),
                Long.toString(at.toEpochMilli()),
                signature.text());
    }

    /** Reads that line; throws {@link AuditException} for anything else. */
    public static AuditCheckpoint parse(String line) {
        String[] words = line.split(" ", -1);
        try {
            if (words.length == 5 && words[0].equals(HEADING)) {
                return new AuditCheckpoint(
                        new AuditHead(Long.parseLong(words[1]), new Bytes32(words[2])),
                        Instant.ofEpochMilli(Long.parseLong(words[3])),
                        new Hex(words[4]));
            }
        } catch (IllegalArgumentException e) {
            throw new AuditException("not a checkpoint of an audit log: " + e.getMessage(), e);
        }
        throw new AuditException("not a checkpoint of an audit log: a line that starts with " + HEADING
                + " and has 5 words is expected");
    }

    private static byte[] bytes(AuditHead head, Instant at) {
        return Fingerprint.of(HEADING)
                .field(head.number())
                .field(head.hash())
                .field(at.toEpochMilli())
                .bytes();
    }
}
