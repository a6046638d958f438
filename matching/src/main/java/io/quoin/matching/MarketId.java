package io.quoin.matching;

/**
 * Identifies a market within one engine.
 *
 * @param value the number that stands for the market; the engine gives it no meaning
 */
public record MarketId(int value) {}
