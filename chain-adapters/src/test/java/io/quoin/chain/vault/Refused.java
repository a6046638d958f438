package io.quoin.chain.vault;

/** The model refuses a call; the vault must too, with the error of that name. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String error) {
        super(error);
    }

    /** Refuses with that error unless the condition holds. */
    static void unless(boolean condition, String error) {
        if (!condition) {
            throw new Refused(error);
        }
    }
}
