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
    EVM_PRIORITY_WITHIN_FEE("evm-priority-within-fee"),
    /** A batch's terms can be locked: a refund delay of up to 30 days, shares that are shares, no bonds. */
    BATCH_TERMS_LOCKABLE("batch-terms-lockable"),
    /** No order of the batch has expired by the signer's clock. */
    BATCH_ORDERS_LIVE("batch-orders-live"),
    /** No fill is of one trader with himself. */
    BATCH_TRADERS_DIFFER("batch-traders-differ"),
    /** R3: the price is the maker's limit, or the auction's inside both limits; an order that signs POST_ONLY never takes. */
    BATCH_PRICE_WITHIN_LIMITS("batch-price-within-limits"),
    /** R3: fees are within the caps that the orders sign, and a rebate within the taker's fee of the same fill. */
    BATCH_FEES_WITHIN_CAPS("batch-fees-within-caps"),
    /** The fills of an order together are within its quantity, and every amount fits the vault's books. */
    BATCH_AMOUNTS_WITHIN_ORDERS("batch-amounts-within-orders"),
    /** R1: each order's signature recovers its trader. What a wallet contract signs, only the chain can say. */
    BATCH_ORDERS_SIGNED("batch-orders-signed");

    private final String tag;

    SigningRule(String tag) {
        this.tag = tag;
    }

    /** The stable name. */
    public String tag() {
        return tag;
    }
}
