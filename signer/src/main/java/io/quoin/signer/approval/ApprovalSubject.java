package io.quoin.signer.approval;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What an approval is of. Its bytes are what an approver signs, so an approval of one payload, one reading of it, one policy
 * and one time is none of another.
 *
 * @param payload the hash of the bytes that are to be signed
 * @param summary the hash of what the approver was shown, made from those bytes alone
 * @param policyVersion the policy under which it is asked, from 1
 * @param expiry approvals count before this moment; whole seconds
 */
public record ApprovalSubject(Bytes32 payload, Bytes32 summary, long policyVersion, Instant expiry) {
    /** Cuts the expiry to seconds; refuses a policy version below 1 with {@link IllegalArgumentException}. */
    public ApprovalSubject {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(summary, "summary");
        expiry = expiry.truncatedTo(ChronoUnit.SECONDS);
        if (policyVersion < 1) {
            throw new IllegalArgumentException("approval: a policy's version is counted from 1, not " + policyVersion);
        }
    }

    /** What is signed to say that. */
    byte[] bytes(Vote vote) {
        return Fingerprint.of("quoin-approval-1")
                .field(vote.name())
                .field(payload)
                .field(summary)
                .field(policyVersion)
                .field(expiry.getEpochSecond())
                .bytes();
    }
}
