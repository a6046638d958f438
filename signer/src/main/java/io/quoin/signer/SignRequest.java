package io.quoin.signer;

import io.quoin.signer.evm.EvmTransaction;
import java.util.Objects;

/**
 * A request to sign one transaction for one intent.
 *
 * @param intent what it shall achieve
 * @param transaction the unsigned transaction that shall do so
 */
public record SignRequest(Intent intent, EvmTransaction transaction) {
    /** Takes any pair; the signer refuses what does not fit together. */
    public SignRequest {
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(transaction, "transaction");
    }
}
