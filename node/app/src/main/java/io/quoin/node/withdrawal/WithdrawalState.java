package io.quoin.node.withdrawal;

/** Where a withdrawal stands (R8). */
public enum WithdrawalState {
    /** Its amount is set aside. */
    REQUESTED,
    /** The operator may have signed it: the vault pays it until its deadline. */
    COSIGNED,
    /** The vault paid it, at a final block. */
    FINAL,
    /** A final block is past its deadline, and the vault did not pay it: its amount is free again. */
    EXPIRED
}
