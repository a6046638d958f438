package io.quoin.signer.evm;

import io.quoin.signer.caip.ChainId;
import java.util.Objects;

/**
 * An unsigned EIP-1559 transaction (type 2) that calls a contract; its access list is empty.
 *
 * @param chain the {@code eip155} chain it is for
 * @param nonce the sender's transaction number
 * @param maxPriorityFeePerGas the tip per gas
 * @param maxFeePerGas the most per gas, tip included
 * @param gasLimit gas units, from 21,000
 * @param to the contract or account that is called
 * @param value native coin that goes along
 * @param data calldata
 */
public record EvmTransaction(
        ChainId chain,
        EvmNonce nonce,
        Wei maxPriorityFeePerGas,
        Wei maxFeePerGas,
        long gasLimit,
        EvmAddress to,
        Wei value,
        Hex data) {
    /** The gas that any transaction costs at least. */
    public static final long GAS_LIMIT_MIN = 21_000;

    /** Refuses a chain that is no EVM chain and a gas limit below 21,000, with {@link IllegalArgumentException}. */
    public EvmTransaction {
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(maxPriorityFeePerGas, "maxPriorityFeePerGas");
        Objects.requireNonNull(maxFeePerGas, "maxFeePerGas");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(data, "data");
        if (!chain.isEip155()) {
            throw new IllegalArgumentException("not an EVM chain: " + chain);
        }
        if (gasLimit < GAS_LIMIT_MIN) {
            throw new IllegalArgumentException("gas limit below " + GAS_LIMIT_MIN + ": " + gasLimit);
        }
    }
}
