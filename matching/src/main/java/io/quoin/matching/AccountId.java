package io.quoin.matching;

/**
 * Identifies a trader's account within one engine.
 *
 * @param value the number that stands for the account; the engine gives it no meaning
 */
public record AccountId(long value) {}
