package io.quoin.node.refusal;

/**
 * A request that was not granted.
 *
 * @param code the stable code that a program reads
 * @param message for a person: what was wrong, what was expected, what to do
 */
public record Refusal(RefusalCode code, String message) {}
