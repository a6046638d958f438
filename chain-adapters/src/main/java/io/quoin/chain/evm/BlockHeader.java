package io.quoin.chain.evm;

import io.quoin.signer.evm.Bytes32;
import java.time.Instant;

/** What the adapter needs of a block. */
record BlockHeader(long height, Bytes32 hash, Bytes32 parentHash, Instant time) {}
