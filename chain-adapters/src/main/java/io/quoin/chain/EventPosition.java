package io.quoin.chain;

import io.quoin.signer.evm.Bytes32;
import java.util.Objects;

/**
 * Where a log stands on its chain; block hash and log index name it for ever.
 *
 * @param height the block's number
 * @param blockHash the block's hash
 * @param txHash the transaction that wrote the log
 * @param logIndex the log's index in the block, from 0
 */
public record EventPosition(BlockHeight height, Bytes32 blockHash, Bytes32 txHash, int logIndex) {
    /** Refuses a negative index with {@link IllegalArgumentException}. */
    public EventPosition {
        Objects.requireNonNull(height, "height");
        Objects.requireNonNull(blockHash, "blockHash");
        Objects.requireNonNull(txHash, "txHash");
        if (logIndex < 0) {
            throw new IllegalArgumentException("negative log index: " + logIndex);
        }
    }
}
