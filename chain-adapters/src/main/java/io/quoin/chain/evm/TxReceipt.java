package io.quoin.chain.evm;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.TransactionPosition;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Wei;

/** What the adapter needs of a receipt. */
record TxReceipt(
        Bytes32 txHash,
        long height,
        Bytes32 blockHash,
        int transactionIndex,
        boolean succeeded,
        long gasUsed,
        Wei effectiveGasPrice) {
    TransactionPosition position() {
        return new TransactionPosition(new BlockHeight(height), blockHash, txHash, transactionIndex);
    }
}
