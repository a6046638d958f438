package io.quoin.node.demo.trader;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A token as the node's market list names it.
 *
 * @param symbol its short name
 * @param address its contract
 * @param decimals how many digits after the point its base unit is
 */
public record Token(String symbol, String address, int decimals) {
    /** Turns whole tokens into base units; never rounds. */
    public BigInteger units(BigDecimal amount) {
        return amount.movePointRight(decimals).toBigIntegerExact();
    }

    /** Turns base units into whole tokens. */
    public BigDecimal amount(BigInteger units) {
        return new BigDecimal(units).movePointLeft(decimals);
    }
}
