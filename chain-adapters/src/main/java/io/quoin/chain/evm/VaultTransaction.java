package io.quoin.chain.evm;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;

/** What the adapter needs of a mined transaction that calls a contract. */
record VaultTransaction(Bytes32 txHash, Bytes32 blockHash, EvmAddress to, Hex input) {}
