package io.quoin.node.refusal;

/** Every way in which the API says no, with the HTTP status and whether trying again can help. */
public enum RefusalCode {
    /** The body is no JSON, or does not fit the API's document. */
    MALFORMED_REQUEST(400, Retryable.FALSE),
    /** There is no such path or method. */
    UNKNOWN_ROUTE(404, Retryable.FALSE),
    /** The request's body is larger than any request of this API needs. */
    BODY_TOO_LARGE(413, Retryable.FALSE),
    /** No such market. */
    UNKNOWN_MARKET(404, Retryable.FALSE),
    /** No such order. */
    UNKNOWN_ORDER(404, Retryable.FALSE),
    /** No such escrow. */
    UNKNOWN_ESCROW(404, Retryable.FALSE),
    /** No such withdrawal. */
    UNKNOWN_WITHDRAWAL(404, Retryable.FALSE),
    /** The node does not serve the token. */
    UNKNOWN_ASSET(404, Retryable.FALSE),
    /** The order or account names another chain than the market's. */
    WRONG_CHAIN(422, Retryable.FALSE),
    /** The order names another escrow vault than the market's. */
    WRONG_VAULT(422, Retryable.FALSE),
    /** The signature is malformed or was not made by the trader over this message. */
    WRONG_SIGNATURE(422, Retryable.FALSE),
    /** A signed term differs from the market's. */
    WRONG_TERMS(422, Retryable.FALSE),
    /** A flag that this version does not offer. */
    FLAG_NOT_OFFERED(422, Retryable.FALSE),
    /** An order of a contract wallet. */
    WALLET_NOT_OFFERED(422, Retryable.FALSE),
    /** The nonce is of the kind that fills in one batch only. */
    WRONG_NONCE_KIND(422, Retryable.FALSE),
    /** The order says that it was signed later than now. */
    ISSUED_IN_FUTURE(422, Retryable.FALSE),
    /** The amount of a withdrawal is no positive multiple of what the engine counts in. */
    AMOUNT_OFF_UNIT(422, Retryable.FALSE),
    /** A withdrawal to where it would be lost. */
    WRONG_PAYEE(422, Retryable.FALSE),
    /** A withdrawal's deadline is too near or too far. */
    DEADLINE_OUT_OF_RANGE(422, Retryable.FALSE),
    /** The price is no positive multiple of the tick. */
    PRICE_OFF_TICK(422, Retryable.FALSE),
    /** The quantity is no positive multiple of the lot. */
    QUANTITY_OFF_LOT(422, Retryable.FALSE),
    /** Price times quantity is beyond what the engine holds. */
    AMOUNT_TOO_LARGE(422, Retryable.FALSE),
    /** The order has expired, or would before it could be locked. */
    ORDER_EXPIRED(422, Retryable.FALSE),
    /** Another order of this trader, market and side, or another withdrawal, carries the same nonce. */
    NONCE_REUSED(409, Retryable.FALSE),
    /** The nonce's cell holds an open order, or had a higher nonce. */
    NONCE_CELL_TAKEN(409, Retryable.FALSE),
    /** What is free does not cover the order or the withdrawal. */
    INSUFFICIENT_BALANCE(422, Retryable.FALSE),
    /** A post-only order would have matched at once. */
    POST_ONLY_WOULD_CROSS(422, Retryable.FALSE),
    /** The order is filled or was cancelled before. */
    ORDER_CLOSED(409, Retryable.FALSE),
    /** New orders are stopped for this market. */
    MARKET_STOPPED(503, Retryable.TRUE),
    /** The engine holds as much as it may. */
    ENGINE_FULL(503, Retryable.TRUE),
    /** More is waiting than the node takes on. */
    BUSY(429, Retryable.TRUE),
    /** A part that the node needs is away; nothing was done. */
    NOT_READY(503, Retryable.TRUE),
    /** The node cannot tell whether the request took effect; ask for the order before sending it again. */
    OUTCOME_UNKNOWN(503, Retryable.UNKNOWN),
    /** A fault of the node's own. */
    INTERNAL(500, Retryable.UNKNOWN);

    /** Whether sending the same request again can help. */
    public enum Retryable {
        /** It can. */
        TRUE,
        /** It cannot. */
        FALSE,
        /** Not known: the request may have taken effect. */
        UNKNOWN
    }

    private final int httpStatus;
    private final Retryable retryable;

    RefusalCode(int httpStatus, Retryable retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** Returns the HTTP status, 400 to 599. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Returns whether sending the same request again can help. */
    public Retryable retryable() {
        return retryable;
    }
}
