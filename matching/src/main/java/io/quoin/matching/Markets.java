package io.quoin.matching;

import java.util.Arrays;

/** All books, in the order in which their markets were opened. */
final class Markets {
    static final int NONE = LongIndex.NONE;

    private final LongIndex index = new LongIndex(0);
    private final int limit;
    private Book[] books = new Book[0];
    private int size;
    private int last; // market that was looked for: often the next one too
    private int lastRow = NONE;

    Markets(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return size == limit;
    }

    int size() {
        return size;
    }

    /** Tells whether there is such a market. */
    boolean has(int market) {
        return find(market) != NONE;
    }

    /** Returns the row of a market, or {@link #NONE}. */
    int find(int market) {
        if (market != last || lastRow == NONE) {
            last = market;
            lastRow = index.find(market);
        }
        return lastRow;
    }

    /** Returns the book of a market that there is. */
    Book of(int market) {
        return books[find(market)];
    }

    /** Returns a book by its row. */
    Book at(int row) {
        return books[row];
    }

    void add(Book book) {
        if (size == books.length) {
            books = Arrays.copyOf(books, Math.max(4, size << 1));
        }
        index.put(book.market(), size);
        books[size++] = book;
    }

    /** Tells whether a market's terms make sense (M7). */
    static boolean isSound(MarketSpec spec) {
        return !spec.base().equals(spec.quote())
                && spec.baseUnitsPerLot() > 0
                && spec.quoteUnitsPerTickLot() > 0
                && isSound(spec.bounds())
                && isSound(spec.band(), spec.bounds().tickSize())
                && isSound(spec.fees())
                && isSound(spec.bonds(), spec);
    }

    private static boolean isSound(OrderBounds bounds) {
        return bounds.tickSize() > 0
                && bounds.lotSize() > 0
                && bounds.minimumFillLots() > 0
                && bounds.minimumOrderLots() >= bounds.minimumFillLots()
                && bounds.maximumOrderLots() >= bounds.minimumOrderLots()
                && bounds.maximumIcebergParts() > 0
                && bounds.minimumOrderLots() % bounds.lotSize() == 0
                && bounds.minimumFillLots() % bounds.lotSize() == 0;
    }

    private static boolean isSound(PriceBand band, long tickSize) {
        return band.basisPoints() >= 0
                && band.basisPoints() <= 10_000
                && band.referencePriceTicks() >= 0
                && band.referencePriceTicks() % tickSize == 0;
    }

    private static boolean isSound(FeeTerms fees) {
        return fees.makerBasisPoints() >= -10_000
                && fees.makerBasisPoints() <= 10_000
                && fees.takerBasisPoints() >= 0
                && fees.takerBasisPoints() <= 10_000
                && fees.makerBasisPoints() + fees.takerBasisPoints() >= 0;
    }

    private static boolean isSound(BondTerms bonds, MarketSpec spec) {
        if (bonds.buyers() == Backing.VAULT && bonds.sellers() == Backing.VAULT) {
            return bonds.basisPoints() == 0;
        }
        boolean feesSound = bonds.buyers() == Backing.VAULT
                || (spec.fees().makerBasisPoints() == 0 && spec.fees().takerBasisPoints() == 0);
        return bonds.buyers() != bonds.sellers()
                && bonds.basisPoints() >= 1
                && bonds.basisPoints() <= 100_000
                && feesSound;
    }
}
