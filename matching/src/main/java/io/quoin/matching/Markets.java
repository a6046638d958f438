package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All books, in the order in which their markets were opened. */
final class Markets {
    private final LongIndex index = new LongIndex(0);
    private final List<Book> books = new ArrayList<>();
    private final int limit;
    private @Nullable Book last; // that was asked for: often the next one too

    Markets(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return books.size() == limit;
    }

    int size() {
        return books.size();
    }

    /** Tells whether there is such a market. */
    boolean has(int market) {
        return isLast(market) || index.find(market) != LongIndex.NONE;
    }

    /** Returns the book of a market that there is. */
    Book of(int market) {
        Book known = last;
        if (known == null || known.market() != market) {
            known = books.get(index.find(market));
            last = known;
        }
        return known;
    }

    private boolean isLast(int market) {
        return last != null && last.market() == market;
    }

    /** Returns a book by its row. */
    Book at(int row) {
        return books.get(row);
    }

    void add(Book book) {
        index.put(book.spec().id().value(), books.size());
        books.add(book);
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
