package io.quoin.signer;

import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.terms.VaultDomain;
import java.util.Objects;

/**
 * What a key may sign at most.
 *
 * @param vault the only vault it may call
 * @param maxFeePerGasCap the highest fee per gas, tip included
 * @param gasLimitCap the highest gas limit, gas units, from 21,000
 */
public record SigningPolicy(VaultDomain vault, Wei maxFeePerGasCap, long gasLimitCap) {
    /** Refuses caps under which nothing could be signed, with {@link IllegalArgumentException}. */
    public SigningPolicy {
        Objects.requireNonNull(vault, "vault");
        if (maxFeePerGasCap.isZero()) {
            throw new IllegalArgumentException("policy: the fee cap is zero, nothing could be signed");
        }
        if (gasLimitCap < EvmTransaction.GAS_LIMIT_MIN) {
            throw new IllegalArgumentException("policy: the gas cap is below " + EvmTransaction.GAS_LIMIT_MIN);
        }
    }
}
