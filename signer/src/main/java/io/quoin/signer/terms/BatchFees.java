package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * The fee rates of all fills of a batch, basis points of the quote amount.
 *
 * @param makerBps the maker's fee for the operator; negative is a rebate out of the taker's fee
 * @param takerBps the taker's fee for the operator
 * @param referrerBps the taker's fee for the referrer; zero without one
 * @param referrer who gets it
 */
public record BatchFees(int makerBps, int takerBps, int referrerBps, Optional<EvmAddress> referrer) {
    /** No fees at all. */
    public static final BatchFees NONE = new BatchFees(0, 0, 0, Optional.empty());

    /**
     * Refuses a rate beyond its field (maker's int16, others uint16), and a referrer's fee without a referrer, with
     * {@link IllegalArgumentException}.
     */
    public BatchFees {
        Objects.requireNonNull(referrer, "referrer");
        if (makerBps != (short) makerBps) {
            throw new IllegalArgumentException("maker's fee does not fit int16: " + makerBps);
        }
        UintRange.check("taker's fee", takerBps, 16);
        UintRange.check("referrer's fee", referrerBps, 16);
        if (referrerBps != 0 && referrer.filter(account -> !account.isZero()).isEmpty()) {
            throw new IllegalArgumentException("a referrer's fee without a referrer");
        }
    }
}
