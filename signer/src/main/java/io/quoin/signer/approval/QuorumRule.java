package io.quoin.signer.approval;

/** What makes an approval no approval, and what closes a request; the tags are stable names for logs, metrics and tests. */
public enum QuorumRule {
    /** Every approval is of this payload, this summary and this expiry. */
    SUBJECT_MATCHES("approval-subject-matches"),
    /** Every approval is under the policy in force. */
    POLICY_CURRENT("approval-policy-current"),
    /** Approvals count before their expiry. */
    NOT_EXPIRED("approval-not-expired"),
    /** Whoever approves is an approver of the policy. */
    APPROVER_KNOWN("approval-approver-known"),
    /** Every approval is signed by its approver's key. */
    SIGNED("approval-signed"),
    /** Who asked does not approve. */
    NOT_BY_INITIATOR("approval-not-by-initiator"),
    /** One reject closes the request, whatever others say. */
    NOT_REJECTED("approval-not-rejected"),
    /** So many different approvers as the amount's band needs. */
    QUORUM_MET("quorum-met");

    private final String tag;

    QuorumRule(String tag) {
        this.tag = tag;
    }

    /** The stable name. */
    public String tag() {
        return tag;
    }
}
