package io.quoin.matching;

/** Why a command other than an order or an amend was refused. */
public enum RefusalReason {
    /** The bytes are no command of this version. */
    MALFORMED,
    /** There is no such market. */
    UNKNOWN_MARKET,
    /** A market with this id is open. */
    MARKET_EXISTS,
    /** The market's terms make no sense; {@code specification.md} has the list. */
    MARKET_INVALID,
    /** Traders can do nothing in this market now. */
    MARKET_HALTED,
    /** The reference price is negative or off tick. */
    PRICE_INVALID,
    /** There is no such open order: it never was, is filled, or was cancelled. */
    UNKNOWN_ORDER,
    /** The order belongs to another account. */
    NOT_OWNER,
    /** There is no such fill, or it has ended. */
    UNKNOWN_FILL,
    /** No side of the fill gave a bond. */
    NOT_BONDED,
    /** The amount is zero or negative. */
    AMOUNT_NOT_POSITIVE,
    /** The engine would hold, or the account would owe, more than 2^62 − 1 engine units of the asset. */
    AMOUNT_TOO_LARGE,
    /** The account has less available. */
    INSUFFICIENT_BALANCE,
    /** A withdrawal with this id is open. */
    WITHDRAWAL_EXISTS,
    /** There is no such open withdrawal. */
    UNKNOWN_WITHDRAWAL,
    /** The withdrawal is co-signed already. */
    WITHDRAWAL_COSIGNED,
    /** The withdrawal is co-signed, and no block past its deadline is final. */
    WITHDRAWAL_NOT_EXPIRED,
    /** The account is leaving with this asset. */
    EXITING,
    /** The account is not leaving with this asset. */
    NOT_EXITING,
    /** The engine's memory for markets, balances or withdrawals is full ({@link EngineLimits}). */
    ENGINE_FULL
}
