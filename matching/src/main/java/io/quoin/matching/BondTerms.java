package io.quoin.matching;

/**
 * What backs the orders of a market's two sides (protocol R6). At most one side may be bonded. A bonded side
 * reserves, instead of what it pays, a bond in the asset that it receives.
 *
 * @param buyers what backs the orders of those who buy; if bonded, the market has no fees
 * @param sellers what backs the orders of those who sell
 * @param basisPoints the bond, in 1/10,000 of what the other side pays at the order's own limit price, rounded
 *     up; from 1 to 100,000 if a side is bonded, else 0
 */
public record BondTerms(Backing buyers, Backing sellers, int basisPoints) {
    /** Both sides are backed by the vault. */
    public static final BondTerms NONE = new BondTerms(Backing.VAULT, Backing.VAULT, 0);
}
