package io.quoin.chain.evm;

import io.quoin.chain.FeeQuote;
import io.quoin.signer.evm.Wei;

/** What a transaction offers for gas (EIP-1559). */
final class Fees {
    private Fees() {}

    /**
     * Twice the base fee plus the tip: the base fee grows by at most an eighth a block, so this lasts for six. The
     * ceiling cuts it, possibly below what the next block costs: see {@link FeeQuote#isEnough}.
     */
    static FeeQuote quote(Wei baseFeePerGas, EvmProfile.Tuning tuning) {
        Wei tip = tuning.priorityFeePerGas();
        Wei ample = baseFeePerGas.times(2).plus(tip);
        Wei offer = ample.compareTo(tuning.maxFeePerGas()) <= 0 ? ample : tuning.maxFeePerGas();
        return new FeeQuote(baseFeePerGas, tip, offer);
    }

    /** An estimate with a fifth on top, since state may change until the transaction is mined. */
    static long gasLimit(long estimate) {
        return Math.addExact(estimate, Math.ceilDiv(estimate, 5));
    }
}
