package io.quoin.chain;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import java.time.Instant;
import java.util.Objects;

/**
 * How far a chain was processed: every event of the blocks up to and including this one was applied.
 *
 * @param chain the chain
 * @param height the block's number
 * @param blockHash the block's hash
 * @param chainTime the block's own time, whole seconds
 */
public record ChainCursor(ChainId chain, BlockHeight height, Bytes32 blockHash, Instant chainTime) {
    /** Takes any block. */
    public ChainCursor {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(height, "height");
        Objects.requireNonNull(blockHash, "blockHash");
        Objects.requireNonNull(chainTime, "chainTime");
    }
}
