package io.quoin.matching;

/**
 * Identifies an order among those that are open in one engine. Ids need not rise; the engine keeps no id of an order
 * that is not open any more, so whoever gives ids keeps them unique over time.
 *
 * @param value the number that the sequencer gave to the order, positive
 */
public record OrderId(long value) {}
