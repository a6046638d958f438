package io.quoin.node.store;

/** How one fill left its batch, as the vault's {@code FillClosed} numbers it from 1. */
enum FillOutcome {
    RELEASED,
    REFUNDED,
    DISPUTED;

    static FillOutcome of(int number) {
        if (number < 1 || number > values().length) {
            throw new IllegalStateException("the vault closes no fill with outcome " + number);
        }
        return values()[number - 1];
    }
}
