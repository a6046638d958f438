package io.quoin.node.store;

/** Says why the vault left a fill out of a lock. Stateless. */
final class SkipReasons {
    private SkipReasons() {}

    /** Returns the words for the number in the vault's {@code FillSkipped}. */
    static String text(int reason) {
        return switch (reason) {
            case 1 -> "an order has expired";
            case 2 -> "an order's nonce is used, or was cancelled on chain";
            case 3 -> "a contract wallet refused its order";
            case 4 -> "a trader is leaving with the token";
            case 5 -> "a trader is short: the wallet and the account of this market and side hold less than the fill";
            case 6 -> "an order is filled already";
            default -> "reason " + reason;
        };
    }
}
