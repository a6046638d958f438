package io.quoin.node.demo.trader;

/**
 * A mined transaction, as the chain itself says.
 *
 * @param tx its hash
 * @param gasUsed what it cost
 */
public record Receipt(String tx, long gasUsed) {}
