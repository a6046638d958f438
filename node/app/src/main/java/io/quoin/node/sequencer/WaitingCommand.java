package io.quoin.node.sequencer;

import io.quoin.matching.Command;

/**
 * A fact from the chain on its way to the engine.
 *
 * @param id its number in the inbox
 * @param command what the engine will be told
 */
public record WaitingCommand(long id, Command command) {}
