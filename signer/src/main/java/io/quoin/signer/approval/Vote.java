package io.quoin.signer.approval;

/** What an approver says. */
public enum Vote {
    /** Sign it. */
    APPROVE,
    /** Do not; nobody can outvote that. */
    REJECT
}
