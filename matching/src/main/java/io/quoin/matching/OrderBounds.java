package io.quoin.matching;

/**
 * Which prices and quantities a market's orders may have.
 *
 * @param tickSize prices are multiples of it, in ticks, positive
 * @param lotSize quantities are multiples of it, in lots, positive
 * @param minimumOrderLots the smallest order, in lots, positive
 * @param maximumOrderLots the largest order, in lots, not below the smallest
 * @param minimumFillLots the smallest fill, in lots, positive, not above the smallest order (protocol R6)
 * @param maximumIcebergParts into how many parts an iceberg may divide its quantity, positive
 */
public record OrderBounds(
        long tickSize,
        long lotSize,
        long minimumOrderLots,
        long maximumOrderLots,
        long minimumFillLots,
        int maximumIcebergParts) {
    /** Every whole number of ticks and lots, and icebergs of up to 100 parts. */
    public static final OrderBounds NONE = new OrderBounds(1, 1, 1, Long.MAX_VALUE, 1, 100);
}
