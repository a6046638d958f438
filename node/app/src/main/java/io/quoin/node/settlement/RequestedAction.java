package io.quoin.node.settlement;

import io.quoin.chain.ChainAction;

/**
 * An action that settlement asked for.
 *
 * @param action what is to be done
 * @param kind which of the escrow's actions it is
 * @param market the escrow's market, by symbol
 */
public record RequestedAction(ChainAction action, ActionKind kind, String market) {}
