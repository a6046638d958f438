package io.quoin.matching;

/**
 * Identifies an order within one engine. The sequencer's increasing numbers are the ids: the engine
 * takes an order only when its id is higher than every id it has seen before.
 *
 * @param value the number that the sequencer gave to the order, positive
 */
public record OrderId(long value) {}
