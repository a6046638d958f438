package io.quoin.matching;

/** Where a withdrawal stands (protocol R8). */
public enum WithdrawalState {
    /** Its amount is set aside; the operator has not co-signed. */
    REQUESTED,
    /** The operator has co-signed; it may become final until its deadline. */
    COSIGNED,
    /** It was given up, or a block past its deadline is final: the amount is the account's again. */
    EXPIRED,
    /** It is final on chain: the amount has left. */
    FINAL
}
