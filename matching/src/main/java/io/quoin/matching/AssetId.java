package io.quoin.matching;

/**
 * Identifies an asset within one engine.
 *
 * @param value the number that stands for the asset; the engine gives it no meaning
 */
public record AssetId(int value) {}
