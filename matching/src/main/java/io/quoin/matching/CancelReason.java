package io.quoin.matching;

/** Why what remained of an order was cancelled. */
public enum CancelReason {
    /** The owner asked for it. */
    REQUESTED,
    /** All orders of an account, a session, a group or a market were cancelled. */
    MASS_CANCEL,
    /** The order's expiry has passed. */
    EXPIRED,
    /** The order met another of its own account or trade group. */
    SELF_TRADE,
    /** The balance that the order reserved left the account. */
    BALANCE_WITHDRAWN,
    /** The account is leaving with the asset that the order reserved. */
    EXIT,
    /** The order does not rest, and the book offered no more within its limits. */
    UNFILLED,
    /** The triggered order could not be filled to its minimum at once. */
    NOT_FILLABLE,
    /** What remained was less than the market's smallest fill. */
    BELOW_MINIMUM_FILL,
    /** Two orders still crossed after an auction, and this was the newer one. */
    AUCTION_RESIDUAL
}
