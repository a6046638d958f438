package io.quoin.signer;

/** The rules for a {@link WithdrawalCosign}, in this order; the tags are stable names for logs, metrics and tests. */
public enum CosignRule {
    /** The intent names the policy's chain. */
    WITHDRAWAL_CHAIN_MATCHES("withdrawal-chain-matches"),
    /** The intent names the policy's vault. */
    WITHDRAWAL_VAULT_MATCHES("withdrawal-vault-matches"),
    /** Account, token and payee are not the zero address, and the payee is not the vault. */
    WITHDRAWAL_PARTIES_NAMED("withdrawal-parties-named"),
    /** The amount is above zero. */
    WITHDRAWAL_AMOUNT_POSITIVE("withdrawal-amount-positive"),
    /** The deadline is in the future. */
    WITHDRAWAL_DEADLINE_AHEAD("withdrawal-deadline-ahead"),
    /** The deadline is no further away than the policy allows: until then the amount stays reserved. */
    WITHDRAWAL_DEADLINE_BOUNDED("withdrawal-deadline-bounded");

    private final String tag;

    CosignRule(String tag) {
        this.tag = tag;
    }

    /** The stable name. */
    public String tag() {
        return tag;
    }
}
