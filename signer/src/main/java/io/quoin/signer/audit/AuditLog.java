package io.quoin.signer.audit;

/**
 * The log (R14: a port; the node has the adapter). One program at a time writes it. Thread-safe; {@link #append} waits until
 * the row is on disk, so call it from virtual threads.
 */
public interface AuditLog extends AutoCloseable {
    /**
     * Appends a fact.
     *
     * @return the row's place
     * @throws AuditException if it could not be written; then nothing may be answered
     */
    AuditHead append(AuditFact fact);

    /** Signs a last checkpoint, if rows came after the one before, and ends. */
    @Override
    void close();
}
