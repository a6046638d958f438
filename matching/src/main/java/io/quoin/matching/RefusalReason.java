package io.quoin.matching;

/** Why a command other than {@link Command.PlaceOrder} was refused. */
public enum RefusalReason {
    /** There is no such open order: it never was, is filled, or was cancelled. */
    UNKNOWN_ORDER,
    /** The order belongs to another account. */
    NOT_OWNER,
    /** There is no such fill, or it has ended. */
    UNKNOWN_FILL,
    /** A market with this id is open. */
    MARKET_EXISTS,
    /** The market's two assets are one, or a factor is not positive. */
    MARKET_INVALID,
    /** The amount is zero or negative. */
    AMOUNT_NOT_POSITIVE,
    /**
     * The amount does not fit: after a credit all accounts together would hold, or after a debit the
     * account would owe, more than a {@code long} counts.
     */
    AMOUNT_TOO_LARGE
}
