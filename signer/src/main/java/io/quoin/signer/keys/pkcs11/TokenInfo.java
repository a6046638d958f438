package io.quoin.signer.keys.pkcs11;

/**
 * What a token says of itself (CK_TOKEN_INFO).
 *
 * @param label its name, without trailing blanks
 * @param serial its serial number, without trailing blanks
 * @param flags the CKF_ flags
 */
record TokenInfo(String label, String serial, long flags) {
    private static final long INITIALISED = 1L << 10;
    private static final long FINAL_TRY = 1L << 17;
    private static final long LOCKED = 1L << 18;

    boolean isInitialised() {
        return (flags & INITIALISED) != 0;
    }

    /** Whether one more wrong PIN locks it. */
    boolean isFinalTry() {
        return (flags & FINAL_TRY) != 0;
    }

    boolean isLocked() {
        return (flags & LOCKED) != 0;
    }
}
