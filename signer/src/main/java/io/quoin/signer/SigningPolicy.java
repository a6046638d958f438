package io.quoin.signer;

import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.terms.VaultDomain;
import java.time.Duration;
import java.util.Objects;

/**
 * What a key may sign at most.
 *
 * @param vault the only vault it may call, and whose withdrawals it may co-sign
 * @param maxFeePerGasCap the highest fee per gas, tip included
 * @param gasLimitCap the highest gas limit, gas units, from 21,000
 * @param withdrawalDeadlineMax how far in the future the deadline of a co-signed withdrawal may be, whole seconds
 */
public record SigningPolicy(VaultDomain vault, Wei maxFeePerGasCap, long gasLimitCap, Duration withdrawalDeadlineMax) {
    /** How far in the future the deadline of a co-signed withdrawal may be, unless something else is said. */
    public static final Duration WITHDRAWAL_DEADLINE_MAX = Duration.ofHours(1);

    /** Refuses caps under which nothing could be signed, with {@link IllegalArgumentException}. */
    public SigningPolicy {
        Objects.requireNonNull(vault, "vault");
        if (maxFeePerGasCap.isZero()) {
            throw new IllegalArgumentException("policy: the fee cap is zero, nothing could be signed");
        }
        if (gasLimitCap < EvmTransaction.GAS_LIMIT_MIN) {
            throw new IllegalArgumentException("policy: the gas cap is below " + EvmTransaction.GAS_LIMIT_MIN);
        }
        if (withdrawalDeadlineMax.toSeconds() < 1) {
            throw new IllegalArgumentException("policy: no withdrawal's deadline could be ahead");
        }
    }

    /** That policy with {@link #WITHDRAWAL_DEADLINE_MAX}. */
    public SigningPolicy(VaultDomain vault, Wei maxFeePerGasCap, long gasLimitCap) {
        this(vault, maxFeePerGasCap, gasLimitCap, WITHDRAWAL_DEADLINE_MAX);
    }
}
