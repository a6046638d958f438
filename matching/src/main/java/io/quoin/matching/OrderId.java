package io.quoin.matching;

/**
 * Identifies an order within one engine.
 *
 * @param value the number that the sequencer gave to the order, positive
 */
public record OrderId(long value) {}
