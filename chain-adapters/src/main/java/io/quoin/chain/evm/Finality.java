package io.quoin.chain.evm;

import java.util.OptionalLong;

/**
 * When a block is final: when at least {@code confirmations} blocks, its own included, are on the chain from it on. With
 * one confirmation the head itself is final.
 */
final class Finality {
    private Finality() {}

    /** The newest final height for that head, or empty when the chain is too short. */
    static OptionalLong finalHeight(long head, int confirmations) {
        long height = head - confirmations + 1;
        return height < 0 ? OptionalLong.empty() : OptionalLong.of(height);
    }
}
