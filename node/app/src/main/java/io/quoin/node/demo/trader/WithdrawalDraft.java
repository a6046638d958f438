package io.quoin.node.demo.trader;

import java.math.BigDecimal;

/**
 * What a trader wants to take out of the vault, before it is signed.
 *
 * @param token of what
 * @param amount whole tokens
 * @param to the address that is paid
 * @param nonce never used before by this trader
 * @param deadlineSeconds the last Unix second in which the vault pays it
 */
public record WithdrawalDraft(Token token, BigDecimal amount, String to, long nonce, long deadlineSeconds) {}
