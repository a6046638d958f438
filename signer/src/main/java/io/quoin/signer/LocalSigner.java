package io.quoin.signer;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.keystore.UnlockedKey;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs with a key in this process's memory. Every request runs through all rules of {@link SigningRule} first; what
 * was signed is checked by recovering the account from it. Thread-safe.
 */
public final class LocalSigner implements TransactionSigner {
    private final SigningPolicy policy;
    private final UnlockedKey key;

    /** A signer for that key under that policy. */
    public LocalSigner(SigningPolicy policy, UnlockedKey key) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.key = Objects.requireNonNull(key, "key");
    }

    @Override
    public EvmAddress address() {
        return key.address();
    }

    @Override
    public SignReply sign(SignRequest request) {
        Optional<SignReply.Refused> refusal = SigningChecks.refusal(policy, request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        EvmTransaction transaction = request.transaction();
        return TransactionSigning.sign(transaction, key);
    }
}
