package io.quoin.matching;

/** What a market's orders reserve and its fills cost, exactly (M15, M33, M34, M36). */
final class Costs {
    /** The largest amount that the engine counts: two of them never overflow. */
    static final long MOST = (1L << 62) - 1;

    /** Stands for an amount that cannot be counted. */
    static final long TOO_MUCH = -1;

    private final long baseUnitsPerLot;
    private final long quoteUnitsPerTickLot;
    private final int makerFee;
    private final int takerFee;
    private final int largestFee;
    private final int bond;
    private final boolean buyersBonded;
    private final boolean sellersBonded;

    Costs(MarketSpec spec) {
        this.baseUnitsPerLot = spec.baseUnitsPerLot();
        this.quoteUnitsPerTickLot = spec.quoteUnitsPerTickLot();
        this.makerFee = spec.fees().makerBasisPoints();
        this.takerFee = spec.fees().takerBasisPoints();
        this.largestFee = Math.max(makerFee, takerFee);
        this.bond = spec.bonds().basisPoints();
        this.buyersBonded = spec.backing(Side.BUY) == Backing.BONDED;
        this.sellersBonded = spec.backing(Side.SELL) == Backing.BONDED;
    }

    boolean isBonded(boolean buys) {
        return buys ? buyersBonded : sellersBonded;
    }

    /**
     * Returns what an order reserves for a quantity at its held price, both positive; {@link #TOO_MUCH} if one of its
     * amounts cannot be counted.
     */
    long countedReserve(boolean buys, long lots, long price) {
        long base = counted(lots, baseUnitsPerLot);
        long steps = counted(lots, price);
        long quote = steps < 0 ? TOO_MUCH : counted(steps, quoteUnitsPerTickLot);
        if ((base | quote) < 0) {
            return TOO_MUCH;
        }
        if (isBonded(buys)) {
            long reserve = Fractions.ceil(buys ? base : quote, bond);
            return reserve > MOST ? TOO_MUCH : reserve;
        }
        return buys ? withFee(quote) : base;
    }

    /** Returns a product of positive numbers, or {@link #TOO_MUCH}. */
    private static long counted(long factor, long other) {
        long product = factor * other;
        return Math.multiplyHigh(factor, other) != 0 || product < 0 || product > MOST ? TOO_MUCH : product;
    }

    long base(long lots) {
        return lots * baseUnitsPerLot;
    }

    long quote(long lots, long price) {
        return lots * price * quoteUnitsPerTickLot;
    }

    /** Returns what an order reserves for a quantity at its held price. */
    long reserve(boolean buys, long lots, long price) {
        if (isBonded(buys)) {
            return Fractions.ceil(buys ? base(lots) : quote(lots, price), bond);
        }
        if (!buys) {
            return base(lots);
        }
        return withFee(quote(lots, price));
    }

    private long withFee(long quote) {
        return largestFee == 0 ? quote : quote + Fractions.floor(quote, largestFee);
    }

    /** Returns what an order of which lots were taken, and so much remains, reserves less than before. */
    long freed(boolean buys, long lots, long remaining, long price) {
        if (!buys && !sellersBonded) {
            return base(lots);
        }
        return reserve(buys, remaining + lots, price) - reserve(buys, remaining, price);
    }

    /** Returns the taker's fee on a quote amount. */
    long takerFee(long quote) {
        return takerFee == 0 ? 0 : Fractions.floor(quote, takerFee);
    }

    /** Returns the maker's fee on a quote amount; a rebate, negative, is at most the taker's fee. */
    long makerFee(long quote, long takerFeePaid) {
        if (makerFee >= 0) {
            return makerFee == 0 ? 0 : Fractions.floor(quote, makerFee);
        }
        return -Math.min(Fractions.ceil(quote, -makerFee), takerFeePaid);
    }
}
