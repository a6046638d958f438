package io.quoin.node.refusal;

/** Carries a refusal out of a read or a parse, up to the edge that answers it. Has no stack trace: it is no fault. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Makes an exception out of a refusal. */
    public RefusedException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** Makes an exception out of a code and a message for a person. */
    public RefusedException(RefusalCode code, String message) {
        this(new Refusal(code, message));
    }

    /** Returns what was refused and why. */
    public Refusal refusal() {
        return refusal;
    }
}
