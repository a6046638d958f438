package io.quoin.node.demo;

import java.math.BigDecimal;

/** Amounts as people read them. */
final class Amounts {
    private Amounts() {}

    static String text(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    static String signed(BigDecimal amount) {
        return amount.signum() > 0 ? "+" + text(amount) : text(amount);
    }
}
