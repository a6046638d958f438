package io.quoin.signer;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import io.quoin.signer.terms.VaultDomain;
import java.util.Optional;

/** Runs a request through the rules, in the order of {@link SigningRule}; the first broken one refuses it. */
final class SigningChecks {
    private SigningChecks() {}

    static Optional<SignReply.Refused> refusal(SigningPolicy policy, SignRequest request, long nowSeconds) {
        return switch (request.intent()) {
            case EvmEscrowCall call -> escrowCall(policy, call, request.transaction(), nowSeconds);
        };
    }

    private static Optional<SignReply.Refused> escrowCall(
            SigningPolicy policy, EvmEscrowCall call, EvmTransaction transaction, long nowSeconds) {
        for (SigningRule rule : SigningRule.values()) {
            Optional<String> broken = broken(rule, policy, call, transaction)
                    .or(() -> batch(call.call())
                            .flatMap(batch -> BatchChecks.broken(rule, call.vault(), batch, nowSeconds)));
            if (broken.isPresent()) {
                return Optional.of(new SignReply.Refused(rule.tag(), broken.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> broken(
            SigningRule rule, SigningPolicy policy, EvmEscrowCall call, EvmTransaction transaction) {
        return switch (rule) {
            case EVM_CHAIN_MATCHES -> chain(policy.vault(), call.vault(), transaction.chain());
            case EVM_TO_IS_ESCROW_VAULT -> callee(policy.vault(), call.vault(), transaction);
            case EVM_VALUE_ZERO ->
                unless(transaction.value().isZero(), "an escrow call carries no coin, not " + transaction.value());
            case EVM_CALLDATA_CANONICAL ->
                unless(
                        transaction.data().equals(Hex.of(VaultCalldata.encode(call.call()))),
                        "the calldata is not the canonical encoding of the intent's call");
            case EVM_FEE_CAP ->
                unless(
                        transaction.maxFeePerGas().compareTo(policy.maxFeePerGasCap()) <= 0,
                        "fee per gas " + transaction.maxFeePerGas() + " wei is above the cap "
                                + policy.maxFeePerGasCap());
            case EVM_GAS_CAP ->
                unless(
                        transaction.gasLimit() <= policy.gasLimitCap(),
                        "gas limit " + transaction.gasLimit() + " is above the cap " + policy.gasLimitCap());
            case EVM_PRIORITY_WITHIN_FEE ->
                unless(
                        transaction.maxPriorityFeePerGas().compareTo(transaction.maxFeePerGas()) <= 0,
                        "tip " + transaction.maxPriorityFeePerGas() + " wei is above the fee per gas "
                                + transaction.maxFeePerGas());
            case BATCH_TERMS_LOCKABLE,
                    BATCH_ORDERS_LIVE,
                    BATCH_TRADERS_DIFFER,
                    BATCH_PRICE_WITHIN_LIMITS,
                    BATCH_FEES_WITHIN_CAPS,
                    BATCH_AMOUNTS_WITHIN_ORDERS,
                    BATCH_ORDERS_SIGNED -> Optional.empty();
        };
    }

    private static Optional<LockBatch> batch(VaultCall call) {
        return switch (call) {
            case VaultCall.Lock lock -> Optional.of(lock.batch());
            case VaultCall.Settle settle -> Optional.of(settle.batch());
            case VaultCall.Release release -> Optional.empty();
            case VaultCall.Refund refund -> Optional.empty();
        };
    }

    private static Optional<String> chain(VaultDomain policy, VaultDomain intent, ChainId transaction) {
        boolean matches =
                policy.chain().equals(intent.chain()) && policy.chain().equals(transaction);
        return unless(
                matches,
                "policy is for " + policy.chain() + ", intent for " + intent.chain() + ", transaction for "
                        + transaction);
    }

    private static Optional<String> callee(VaultDomain policy, VaultDomain intent, EvmTransaction transaction) {
        boolean matches =
                policy.vault().equals(intent.vault()) && policy.vault().equals(transaction.to());
        return unless(
                matches,
                "policy allows the vault " + policy.vault() + ", intent names " + intent.vault()
                        + ", transaction calls " + transaction.to());
    }

    private static Optional<String> unless(boolean kept, String explanation) {
        return kept ? Optional.empty() : Optional.of(explanation);
    }
}
