package io.quoin.matching;

/**
 * Identifies a withdrawal within one engine.
 *
 * @param value the number that stands for the withdrawal; the engine gives it no meaning
 */
public record WithdrawalId(long value) {}
