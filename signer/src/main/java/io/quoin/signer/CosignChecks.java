package io.quoin.signer;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.util.Optional;

/** Runs an intent through the rules, in the order of {@link CosignRule}; the first broken one refuses it. */
final class CosignChecks {
    private CosignChecks() {}

    static Optional<CosignReply.Refused> refusal(SigningPolicy policy, CosignIntent intent, long nowSeconds) {
        return switch (intent) {
            case WithdrawalCosign withdrawal -> withdrawal(policy, withdrawal, nowSeconds);
        };
    }

    private static Optional<CosignReply.Refused> withdrawal(
            SigningPolicy policy, WithdrawalCosign intent, long nowSeconds) {
        for (CosignRule rule : CosignRule.values()) {
            Optional<String> broken = broken(rule, policy, intent, nowSeconds);
            if (broken.isPresent()) {
                return Optional.of(new CosignReply.Refused(rule.tag(), broken.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> broken(
            CosignRule rule, SigningPolicy policy, WithdrawalCosign intent, long nowSeconds) {
        WithdrawalTerms terms = intent.withdrawal();
        VaultDomain allowed = policy.vault();
        long latest = nowSeconds + policy.withdrawalDeadlineMax().toSeconds();
        return switch (rule) {
            case WITHDRAWAL_CHAIN_MATCHES ->
                unless(
                        allowed.chain().equals(intent.vault().chain()),
                        "policy is for " + allowed.chain() + ", intent for "
                                + intent.vault().chain());
            case WITHDRAWAL_VAULT_MATCHES ->
                unless(
                        allowed.vault().equals(intent.vault().vault()),
                        "policy allows the vault " + allowed.vault() + ", intent names "
                                + intent.vault().vault());
            case WITHDRAWAL_PARTIES_NAMED -> parties(terms, allowed.vault());
            case WITHDRAWAL_AMOUNT_POSITIVE -> unless(terms.amount().signum() > 0, "the amount is zero");
            case WITHDRAWAL_DEADLINE_AHEAD ->
                unless(
                        terms.deadlineSeconds() > nowSeconds,
                        "the deadline " + terms.deadlineSeconds() + " has passed, it is " + nowSeconds);
            case WITHDRAWAL_DEADLINE_BOUNDED ->
                unless(
                        terms.deadlineSeconds() <= latest,
                        "the deadline " + terms.deadlineSeconds() + " is after " + latest
                                + ", the latest that the policy allows now");
        };
    }

    private static Optional<String> parties(WithdrawalTerms terms, EvmAddress vault) {
        boolean named = !terms.account().isZero()
                && !terms.token().isZero()
                && !terms.to().isZero();
        return unless(
                named && !terms.to().equals(vault),
                "account, token and payee must not be the zero address, nor the payee the vault");
    }

    private static Optional<String> unless(boolean kept, String explanation) {
        return kept ? Optional.empty() : Optional.of(explanation);
    }
}
