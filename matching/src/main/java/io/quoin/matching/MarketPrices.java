package io.quoin.matching;

/** The prices that a market remembers: reference and band, the last trades, what an auction said. In ticks, 0 for none. */
final class MarketPrices {
    private final int band;
    private long reference;
    private long lowest;
    private long highest;
    private long last;
    private long lowestTrade; // since stops were last looked at
    private long highestTrade;
    private long indicatedPrice;
    private long indicatedLots;
    private long indicatedImbalance;

    MarketPrices(PriceBand spec) {
        this.band = spec.basisPoints();
        reference(spec.referencePriceTicks());
    }

    long reference() {
        return reference;
    }

    /** Moves the band around another price (M12). */
    void reference(long ticks) {
        reference = ticks;
        long distance = Fractions.floor(ticks, band);
        boolean bounded = band > 0 && ticks > 0;
        lowest = bounded ? ticks - distance : 0;
        highest = !bounded || distance > Long.MAX_VALUE - ticks ? Long.MAX_VALUE : ticks + distance;
    }

    /** Returns the lowest price of the band; 0 without one. */
    long lowest() {
        return lowest;
    }

    /** Returns the highest price of the band; the largest number without one. */
    long highest() {
        return highest;
    }

    boolean isInBand(long price) {
        return price >= lowest && price <= highest;
    }

    // ---- trades ----

    long last() {
        return last;
    }

    long lowestTrade() {
        return lowestTrade;
    }

    long highestTrade() {
        return highestTrade;
    }

    void traded(long price) {
        lowestTrade = last == 0 ? price : Math.min(lowestTrade, price);
        highestTrade = Math.max(highestTrade, price);
        last = price;
    }

    /** Notes that stops were looked at: only the last trade counts on for them (M27). */
    void stopsLookedAt() {
        lowestTrade = last;
        highestTrade = last;
    }

    void restore(long lastTrade, long lowestSince, long highestSince) {
        last = lastTrade;
        lowestTrade = lowestSince;
        highestTrade = highestSince;
    }

    // ---- what an auction said last (M32) ----

    long indicatedPrice() {
        return indicatedPrice;
    }

    long indicatedLots() {
        return indicatedLots;
    }

    long indicatedImbalance() {
        return indicatedImbalance;
    }

    void indicated(long price, long lots, long imbalance) {
        indicatedPrice = price;
        indicatedLots = lots;
        indicatedImbalance = imbalance;
    }

    boolean isIndicated(long price, long lots, long imbalance) {
        return price == indicatedPrice && lots == indicatedLots && imbalance == indicatedImbalance;
    }
}
