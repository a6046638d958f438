package io.quoin.chain;

import io.quoin.signer.evm.Bytes32;
import java.util.Objects;

/**
 * Where a transaction stands on its chain.
 *
 * @param height the block's number
 * @param blockHash the block's hash
 * @param txHash the transaction's hash
 * @param transactionIndex the transaction's index in the block, from 0
 */
public record TransactionPosition(BlockHeight height, Bytes32 blockHash, Bytes32 txHash, int transactionIndex) {
    /** Refuses a negative index with {@link IllegalArgumentException}. */
    public TransactionPosition {
        Objects.requireNonNull(height, "height");
        Objects.requireNonNull(blockHash, "blockHash");
        Objects.requireNonNull(txHash, "txHash");
        if (transactionIndex < 0) {
            throw new IllegalArgumentException("negative transaction index: " + transactionIndex);
        }
    }
}
