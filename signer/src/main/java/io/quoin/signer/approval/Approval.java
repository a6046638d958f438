package io.quoin.signer.approval;

import io.quoin.signer.evm.Hex;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Objects;

/**
 * One approver's word on a subject.
 *
 * @param approver who says so
 * @param subject on what
 * @param vote what
 * @param signature Ed25519 over subject and vote, 64 bytes
 */
public record Approval(ApproverName approver, ApprovalSubject subject, Vote vote, Hex signature) {
    private static final String ALGORITHM = "Ed25519";

    /** Takes any; {@link QuorumRules} says whether it counts. */
    public Approval {
        Objects.requireNonNull(approver, "approver");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(vote, "vote");
        Objects.requireNonNull(signature, "signature");
    }

    /** Signs one; for the approver's own tool. Throws {@link IllegalArgumentException} for a key that is no Ed25519 key. */
    public static Approval sign(ApproverName approver, ApprovalSubject subject, Vote vote, PrivateKey key) {
        try {
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(key);
            signing.update(subject.bytes(vote));
            return new Approval(approver, subject, vote, Hex.of(signing.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("approval: not an Ed25519 key", e);
        }
    }

    /** Whether that key signed it. */
    boolean isSignedBy(PublicKey key) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(subject.bytes(vote));
            return check.verify(signature.bytes());
        } catch (GeneralSecurityException _) {
            return false; // a signature of another form, or a key of another kind
        }
    }
}
