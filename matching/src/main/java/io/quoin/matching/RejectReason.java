package io.quoin.matching;

/**
 * Why an order or an amend was rejected. Those of an order are checked in the order in which they stand here;
 * {@code specification.md} (M9, M23) has the order for amends.
 */
public enum RejectReason {
    /** The amended order is not open: it never was, is filled, or was cancelled. */
    UNKNOWN_ORDER,
    /** The amended order belongs to another account. */
    NOT_OWNER,
    /** More than a reduction was asked for under the old id: it needs a new signature, so a new id (R3). */
    NEW_SIGNATURE_REQUIRED,
    /** The order's id is zero or negative. */
    ORDER_ID_INVALID,
    /** Another open order has this id. */
    DUPLICATE_ORDER,
    /** There is no such market. */
    UNKNOWN_MARKET,
    /** The market does not take such an order in its present state. */
    MARKET_STATE,
    /** Terms that do not go together; {@code specification.md} has the list. */
    TERMS_INVALID,
    /** A price that the order needs is zero or negative, or one that it must not have is set. */
    PRICE_INVALID,
    /** A price is not a multiple of the market's tick size. */
    PRICE_OFF_TICK,
    /** The quantity, the displayed or the minimum quantity is out of its range. */
    QUANTITY_INVALID,
    /** A quantity is not a multiple of the market's lot size. */
    QUANTITY_OFF_LOT,
    /** The quantity is below the market's smallest order or smallest fill. */
    QUANTITY_TOO_SMALL,
    /** The quantity is above the market's largest order. */
    QUANTITY_TOO_LARGE,
    /** A reduction leaves nothing of the order; cancel it instead. */
    QUANTITY_FILLED,
    /** The iceberg has more parts than the market allows. */
    TOO_MANY_PARTS,
    /** The price is outside the market's band around the reference price. */
    PRICE_OUTSIDE_BAND,
    /** The order's expiry has passed. */
    EXPIRED,
    /** A market order met an empty book, so that no price follows for it. */
    NO_LIQUIDITY,
    /** One of the order's amounts, at the price that it is held to, is more than 2^62 − 1 engine units. */
    AMOUNT_TOO_LARGE,
    /** The account is leaving with the asset that the order would reserve (R8). */
    EXITING,
    /** The owner has less available than the order reserves. */
    INSUFFICIENT_BALANCE,
    /** The engine's memory for orders, price chunks, fills or balances is full ({@link EngineLimits}). */
    ENGINE_FULL,
    /** The order asked not to be taker, and would be. */
    POST_ONLY_WOULD_CROSS,
    /** Less than the order's minimum quantity, or than all of a fill-or-kill order, can be filled at once. */
    NOT_FILLABLE
}
