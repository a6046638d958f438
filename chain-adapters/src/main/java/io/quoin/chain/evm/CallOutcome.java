package io.quoin.chain.evm;

import io.quoin.signer.evm.Hex;

/** How a simulated call ended. */
sealed interface CallOutcome {
    /** It would succeed. */
    record Returned() implements CallOutcome {}

    /** It would revert with that data; {@code message} is the RPC's own words. */
    record Reverted(Hex data, String message) implements CallOutcome {}
}
