package io.quoin.matching;

/** Why an order was rejected. Reasons are checked in the order in which they stand here. */
public enum RejectReason {
    /** The order's id is not higher than every id seen before. */
    DUPLICATE_ORDER,
    /** There is no such market. */
    UNKNOWN_MARKET,
    /** The price is zero or negative. */
    PRICE_NOT_POSITIVE,
    /** The quantity is zero or negative. */
    QUANTITY_NOT_POSITIVE,
    /** One of the order's amounts, at its limit price, does not fit in a {@code long}. */
    AMOUNT_TOO_LARGE,
    /** The order's expiry has passed. */
    EXPIRED,
    /** The owner has less available than the order reserves. */
    INSUFFICIENT_BALANCE,
    /** The order asked not to be matched on arrival, and would be. */
    POST_ONLY_WOULD_CROSS
}
