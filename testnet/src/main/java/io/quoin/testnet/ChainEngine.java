package io.quoin.testnet;

/**
 * The programs that can run a local chain. Both execute with the same EVM, so they are no check of each other's rules.
 */
public enum ChainEngine {
    /** Hardhat's node: slower to start, the one that has the fee fields of an OP chain. */
    HARDHAT,
    /** Foundry's anvil: starts at once, needs little, can reorganise and delay finality. */
    ANVIL
}
