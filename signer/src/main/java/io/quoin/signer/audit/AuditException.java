package io.quoin.signer.audit;

import java.io.Serial;

/** The audit log, its checkpoints or its key cannot be used. The words say why and what to do. */
public final class AuditException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes one, with words for people. */
    public AuditException(String message) {
        super(message);
    }

    /** Makes one with its cause. */
    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
