package io.quoin.signer;

import io.quoin.signer.evm.EvmAddress;

/** Signs typed messages for one key that others send to the chain. Thread-safe. */
public interface Cosigner {
    /** The account that the signatures are of. */
    EvmAddress address();

    /** Checks the intent against every rule and signs it, or says which rule refuses it; a refusal never throws. */
    CosignReply cosign(CosignIntent intent);
}
