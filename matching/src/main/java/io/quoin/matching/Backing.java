package io.quoin.matching;

/** What stands behind the orders of one side of a market (protocol R6). */
public enum Backing {
    /** What the side pays lies in the vault, and an order reserves it. */
    VAULT,
    /** The side pays from elsewhere after the fill; an order reserves a bond in the asset that it receives. */
    BONDED
}
