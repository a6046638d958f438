package io.quoin.matching;

/**
 * The prices around a reference price in which orders may be.
 *
 * @param basisPoints how far an order's price may be from the reference price, in 1/10,000 of it, from 0 to
 *     10,000; 0 for no band
 * @param referencePriceTicks the reference price, in ticks; 0 for none, and then there is no band
 */
public record PriceBand(int basisPoints, long referencePriceTicks) {
    /** No band. */
    public static final PriceBand NONE = new PriceBand(0, 0);
}
