package io.quoin.node.demo.trader;

import java.math.BigDecimal;

/**
 * What a trader wants, before it is signed.
 *
 * @param sell whether the base token is sold
 * @param price whole quote tokens for one whole base token
 * @param quantity whole base tokens
 * @param nonce never used before by this trader
 * @param expirySeconds the last Unix second in which it may be locked
 */
public record OrderDraft(boolean sell, BigDecimal price, BigDecimal quantity, long nonce, long expirySeconds) {
    /** Returns {@code BUY} or {@code SELL}. */
    public String side() {
        return sell ? "SELL" : "BUY";
    }

    int sideNumber() {
        return sell ? 1 : 0;
    }
}
