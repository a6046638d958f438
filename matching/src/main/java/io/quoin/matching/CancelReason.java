package io.quoin.matching;

/** Why what remained of an order was cancelled. */
public enum CancelReason {
    /** The owner asked for it. */
    REQUESTED,
    /** The order's expiry has passed. */
    EXPIRED,
    /** The order met another order of its own owner. */
    SELF_TRADE,
    /** The balance that the order reserved left the account. */
    BALANCE_WITHDRAWN
}
