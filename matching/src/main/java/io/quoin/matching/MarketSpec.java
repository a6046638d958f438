package io.quoin.matching;

/**
 * What a market trades and in which units. Inside the engine a price is a whole number of ticks and a
 * quantity a whole number of lots; the two factors here turn them into amounts in <em>engine units</em>,
 * whole numbers of the smallest part of an asset that the engine counts. Nothing is ever rounded.
 *
 * @param id the market
 * @param base the asset that is bought and sold
 * @param quote the asset that is paid for it, another than {@code base}
 * @param baseUnitsPerLot engine units of {@code base} in one lot, positive
 * @param quoteUnitsPerTickLot engine units of {@code quote} that one lot costs at a price of one tick,
 *     positive
 */
public record MarketSpec(MarketId id, AssetId base, AssetId quote, long baseUnitsPerLot, long quoteUnitsPerTickLot) {
    /**
     * Returns the amount of the base asset in a quantity.
     *
     * @param lots the quantity, in lots
     * @return engine units of {@link #base}
     * @throws ArithmeticException if the amount does not fit in a {@code long}; never for the quantity of
     *     an order that the engine accepted
     */
    public long baseAmount(long lots) {
        return Math.multiplyExact(lots, baseUnitsPerLot);
    }

    /**
     * Returns the amount of the quote asset that a quantity costs.
     *
     * @param lots the quantity, in lots
     * @param ticks the price, in ticks
     * @return engine units of {@link #quote}
     * @throws ArithmeticException if the amount does not fit in a {@code long}; never for the quantity and
     *     limit price of an order that the engine accepted
     */
    public long quoteAmount(long lots, long ticks) {
        return Math.multiplyExact(Math.multiplyExact(lots, ticks), quoteUnitsPerTickLot);
    }

    /** Returns the asset that an order of this side pays, and therefore reserves. */
    public AssetId paidBy(Side side) {
        return side == Side.SELL ? base : quote;
    }

    /** Tells whether the engine can open this market: positive factors and two different assets. */
    boolean isValid() {
        return baseUnitsPerLot > 0 && quoteUnitsPerTickLot > 0 && !base.equals(quote);
    }

    /** Tells whether both amounts of an order fit in a {@code long}; both arguments must be positive. */
    boolean canCount(long lots, long ticks) {
        return lots <= Long.MAX_VALUE / baseUnitsPerLot
                && lots <= Long.MAX_VALUE / ticks
                && lots * ticks <= Long.MAX_VALUE / quoteUnitsPerTickLot;
    }

    /** Returns what an order of this side pays at most for a quantity at its limit price, in engine units. */
    long reserve(Side side, long lots, long ticks) {
        return side == Side.SELL ? baseAmount(lots) : quoteAmount(lots, ticks);
    }
}
