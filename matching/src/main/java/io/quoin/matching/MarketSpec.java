package io.quoin.matching;

/**
 * What a market trades, in which units and by which rules. Inside the engine a price is a whole number of
 * ticks and a quantity a whole number of lots; two factors turn them into amounts in <em>engine units</em>,
 * whole numbers of the smallest part of an asset that the engine counts. Only fees and bonds are ever rounded.
 *
 * @param id the market
 * @param base the asset that is bought and sold
 * @param quote the asset that is paid for it, another than {@code base}
 * @param baseUnitsPerLot engine units of {@code base} in one lot, positive
 * @param quoteUnitsPerTickLot engine units of {@code quote} that one lot costs at a price of one tick, positive
 * @param bounds which prices and quantities orders may have
 * @param band how far from the reference price orders may be
 * @param fees what fills cost
 * @param bonds what backs the orders
 * @param state what the market does at first
 */
public record MarketSpec(
        MarketId id,
        AssetId base,
        AssetId quote,
        long baseUnitsPerLot,
        long quoteUnitsPerTickLot,
        OrderBounds bounds,
        PriceBand band,
        FeeTerms fees,
        BondTerms bonds,
        MarketState state) {
    /** Makes an open market without bounds, band, fees and bonds; the {@code with} methods change that. */
    public MarketSpec(MarketId id, AssetId base, AssetId quote, long baseUnitsPerLot, long quoteUnitsPerTickLot) {
        this(
                id,
                base,
                quote,
                baseUnitsPerLot,
                quoteUnitsPerTickLot,
                OrderBounds.NONE,
                PriceBand.NONE,
                FeeTerms.NONE,
                BondTerms.NONE,
                MarketState.OPEN);
    }

    /** Returns this market with other bounds. */
    public MarketSpec with(OrderBounds other) {
        return new MarketSpec(id, base, quote, baseUnitsPerLot, quoteUnitsPerTickLot, other, band, fees, bonds, state);
    }

    /** Returns this market with another band. */
    public MarketSpec with(PriceBand other) {
        return new MarketSpec(
                id, base, quote, baseUnitsPerLot, quoteUnitsPerTickLot, bounds, other, fees, bonds, state);
    }

    /** Returns this market with other fees. */
    public MarketSpec with(FeeTerms other) {
        return new MarketSpec(
                id, base, quote, baseUnitsPerLot, quoteUnitsPerTickLot, bounds, band, other, bonds, state);
    }

    /** Returns this market with other bonds. */
    public MarketSpec with(BondTerms other) {
        return new MarketSpec(id, base, quote, baseUnitsPerLot, quoteUnitsPerTickLot, bounds, band, fees, other, state);
    }

    /** Returns this market with another state. */
    public MarketSpec with(MarketState other) {
        return new MarketSpec(id, base, quote, baseUnitsPerLot, quoteUnitsPerTickLot, bounds, band, fees, bonds, other);
    }

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
     * Returns the amount of the quote asset that a quantity costs, without fees.
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

    /** Returns what backs the orders of a side. */
    public Backing backing(Side side) {
        return side == Side.BUY ? bonds.buyers() : bonds.sellers();
    }

    /** Returns the asset that an order of a side reserves: what it pays, or what it receives if it is bonded. */
    public AssetId reservedBy(Side side) {
        return (side == Side.SELL) == (backing(side) == Backing.VAULT) ? base : quote;
    }
}
