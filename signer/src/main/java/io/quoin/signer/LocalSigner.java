package io.quoin.signer;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.keys.SigningKey;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.OrderTyping;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs with one key, in this process's memory or elsewhere. Every request runs through all rules of {@link SigningRule},
 * or of {@link CosignRule}, first; what was signed is checked by recovering the account from it. Thread-safe.
 */
public final class LocalSigner implements TransactionSigner, Cosigner {
    private final SigningPolicy policy;
    private final SigningKey key;
    private final InstantSource time;

    /** A signer for that key in memory under that policy, by the system's clock. */
    public LocalSigner(SigningPolicy policy, UnlockedKey key) {
        this(policy, key, Clock.systemUTC());
    }

    /** A signer for that key in memory under that policy, by that clock. */
    public LocalSigner(SigningPolicy policy, UnlockedKey key, InstantSource time) {
        this(policy, key.signingKey(), time);
    }

    /**
     * A signer for that key, wherever it lives, under that policy, by that clock. Its methods throw
     * {@link io.quoin.signer.keys.KeyException} when the key cannot sign.
     */
    public LocalSigner(SigningPolicy policy, SigningKey key, InstantSource time) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.key = Objects.requireNonNull(key, "key");
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public EvmAddress address() {
        return key.address();
    }

    @Override
    public SignReply sign(SignRequest request) {
        Optional<SignReply.Refused> refusal = SigningChecks.refusal(policy, request, now());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return DigestSigning.transaction(request.transaction(), key);
    }

    @Override
    public CosignReply cosign(CosignIntent intent) {
        Optional<CosignReply.Refused> refusal = CosignChecks.refusal(policy, intent, now());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Bytes32 digest = switch (intent) {
            case WithdrawalCosign withdrawal ->
                OrderTyping.withdrawalDigest(withdrawal.vault(), withdrawal.withdrawal());
        };
        return new CosignReply.Signed(DigestSigning.digest(digest, key));
    }

    private long now() {
        return time.instant().getEpochSecond();
    }
}
