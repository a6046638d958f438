package io.quoin.signer;

import io.quoin.signer.evm.EvmAddress;

/** Signs transactions for one key, each only as part of a typed request; no method takes a bare hash. Thread-safe. */
public interface TransactionSigner {
    /** The account that the signatures are of. */
    EvmAddress address();

    /** Checks the request against every rule and signs it, or says which rule refuses it; a refusal never throws. */
    SignReply sign(SignRequest request);
}
