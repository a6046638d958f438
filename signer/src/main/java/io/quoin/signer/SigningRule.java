package io.quoin.signer;

/** The rules that the signer checks, in this order; the tags are stable names for logs, metrics and tests. */
public enum SigningRule {
    /** Transaction, intent and policy are for one chain. */
    EVM_CHAIN_MATCHES("evm-chain-matches"),
    /** The callee is the policy's vault, and the intent's. */
    EVM_TO_IS_ESCROW_VAULT("evm-to-is-escrow-vault"),
    /** No native coin goes along. */
    EVM_VALUE_ZERO("evm-value-zero"),
    /** The calldata is exactly what the intent's call encodes to. */
    EVM_CALLDATA_CANONICAL("evm-calldata-canonical"),
    /** The fee per gas is within the policy's cap. */
    EVM_FEE_CAP("evm-fee-cap"),
    /** The gas limit is within the policy's cap. */
    EVM_GAS_CAP("evm-gas-cap"),
    /** The tip is within the fee. */
    EVM_PRIORITY_WITHIN_FEE("evm-priority-within-fee");

    private final String tag;

    SigningRule(String tag) {
        this.tag = tag;
    }

    /** The stable name. */
    public String tag() {
        return tag;
    }
}
