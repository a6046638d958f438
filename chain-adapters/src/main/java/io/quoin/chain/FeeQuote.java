package io.quoin.chain;

import io.quoin.signer.evm.Wei;
import java.util.Objects;

/**
 * What a unit of gas costs now (EIP-1559).
 *
 * @param baseFeePerGas the next block's base fee
 * @param maxPriorityFeePerGas the tip
 * @param maxFeePerGas twice the base fee plus the tip, enough for six full blocks in a row; but never above the
 *     adapter's fee ceiling
 */
public record FeeQuote(Wei baseFeePerGas, Wei maxPriorityFeePerGas, Wei maxFeePerGas) {
    /** Takes any amounts. */
    public FeeQuote {
        Objects.requireNonNull(baseFeePerGas, "baseFeePerGas");
        Objects.requireNonNull(maxPriorityFeePerGas, "maxPriorityFeePerGas");
        Objects.requireNonNull(maxFeePerGas, "maxFeePerGas");
    }

    /** Whether the offer pays for the next block; when not, gas costs more than the adapter's fee ceiling. */
    public boolean isEnough() {
        return baseFeePerGas.plus(maxPriorityFeePerGas).compareTo(maxFeePerGas) <= 0;
    }
}
