package io.quoin.signer.journal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import java.util.List;
import java.util.Objects;

/**
 * How a leg of an escrow ends (R9): two outcomes are the same when they end it the same way and pay the same amounts to
 * the same payees, whatever bytes say so.
 *
 * @param ending which way
 * @param payouts who gets how much, sorted here
 */
public record Outcome(Ending ending, List<Payout> payouts) {
    /** The ways in which a leg ends. */
    public enum Ending {
        /** To the other side. */
        RELEASE,
        /** Back. */
        REFUND,
        /** As an arbiter decided. */
        AWARD
    }

    /** Refuses an outcome that pays nobody, with {@link IllegalArgumentException}. */
    public Outcome {
        Objects.requireNonNull(ending, "ending");
        payouts = payouts.stream().sorted().toList();
        if (payouts.isEmpty()) {
            throw new IllegalArgumentException("outcome: it pays nobody");
        }
    }

    /** What the journal keeps of it. */
    public Bytes32 hash() {
        Fingerprint fingerprint = Fingerprint.of("quoin-outcome-1").field(ending.name());
        payouts.forEach(payout ->
                fingerprint.field(payout.payee()).field(payout.asset()).field(payout.amount()));
        return fingerprint.sha256();
    }

    /** What the journal keeps of the payees alone, for outputs that several batches may spend. */
    public Bytes32 payeesHash() {
        Fingerprint fingerprint = Fingerprint.of("quoin-payees-1");
        payouts.forEach(payout ->
                fingerprint.field(payout.payee()).field(payout.asset()).field(payout.amount()));
        return fingerprint.sha256();
    }
}
