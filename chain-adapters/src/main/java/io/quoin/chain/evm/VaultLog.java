package io.quoin.chain.evm;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.EventPosition;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import java.util.List;

/** One log as the RPC gives it. */
record VaultLog(
        EvmAddress address,
        List<Bytes32> topics,
        Hex data,
        long height,
        Bytes32 blockHash,
        Bytes32 txHash,
        int transactionIndex,
        int logIndex) {
    VaultLog {
        topics = List.copyOf(topics);
    }

    EventPosition position() {
        return new EventPosition(new BlockHeight(height), blockHash, txHash, logIndex);
    }
}
