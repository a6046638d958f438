package io.quoin.node.demo.trader;

import java.math.BigDecimal;

/**
 * What a trader wants, before it is signed.
 *
 * @param sell whether the base token is sold
 * @param price whole quote tokens for one whole base token
 * @param quantity whole base tokens
 * @param number never used before by this trader on this side of the market; below 2^39
 * @param issuedSeconds the Unix second in which it is signed
 * @param expirySeconds the last Unix second in which it may be locked
 */
public record OrderDraft(
        boolean sell, BigDecimal price, BigDecimal quantity, long number, long issuedSeconds, long expirySeconds) {
    private static final long FILLS_IN_PARTS = 1L << 39;

    /** Returns {@code BUY} or {@code SELL}. */
    public String side() {
        return sell ? "SELL" : "BUY";
    }

    int sideNumber() {
        return sell ? 1 : 0;
    }

    /** The nonce of an order that may rest and fill in parts: its cell in the vault is its number modulo 256. */
    long nonce() {
        return FILLS_IN_PARTS + number;
    }
}
