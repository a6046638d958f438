package io.quoin.node.demo;

import java.math.BigDecimal;

/**
 * What somebody has of a token on chain, in whole tokens.
 *
 * @param wallet in his own account
 * @param vault free in the vault
 */
record Holding(BigDecimal wallet, BigDecimal vault) {
    BigDecimal total() {
        return wallet.add(vault);
    }
}
