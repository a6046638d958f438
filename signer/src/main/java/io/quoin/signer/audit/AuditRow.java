package io.quoin.signer.audit;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.fingerprint.Fingerprint;
import java.util.Objects;

/**
 * A row of the log as it is stored.
 *
 * @param number its place, from 1 without gaps
 * @param entry {@link AuditFact#bytes}
 * @param previous the hash of the row before; zero for the first
 * @param hash SHA-256 of {@code previous} and {@code entry}
 */
public record AuditRow(long number, Hex entry, Bytes32 previous, Bytes32 hash) {
    /** Takes any row, right or wrong: {@link AuditVerifier} says which. */
    public AuditRow {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(hash, "hash");
    }

    /** The row of a fact after the one at {@code head}. */
    public static AuditRow after(AuditHead head, AuditFact fact) {
        byte[] entry = fact.bytes();
        return new AuditRow(
                Math.addExact(head.number(), 1),
                Hex.of(entry),
                head.hash(),
                Fingerprint.sha256(head.hash().bytes(), entry));
    }

    /** This row as the end of the chain. */
    public AuditHead head() {
        return new AuditHead(number, hash);
    }

    /** Whether the hash is that of what the row says. */
    boolean isWhole() {
        return Fingerprint.sha256(previous.bytes(), entry.bytes()).equals(hash);
    }
}
