package io.quoin.signer.terms;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A good batch, to be changed in places. Not thread-safe. */
public final class BatchDraft {
    private MarketLots lots = OrderDraft.LOTS;
    private BigInteger priceScale = OrderDraft.PRICE_SCALE;
    private int cell;
    private EscrowTerms terms = OrderDraft.TERMS;
    private BatchFees fees = BatchFees.NONE;
    private long auctionTicks;
    private final List<BatchFill> fills = new ArrayList<>();

    /** A batch without fills. */
    public BatchDraft() {}

    /** The batch. */
    public LockBatch build() {
        return new LockBatch(lots, priceScale, cell, terms, fees, auctionTicks, fills);
    }

    /** One more fill, at the maker's limit. */
    public BatchDraft fill(SignedOrder buy, SignedOrder sell, boolean buyerIsMaker, long baseLots) {
        fills.add(new BatchFill(buy, sell, buyerIsMaker, false, BigInteger.valueOf(baseLots)));
        return this;
    }

    /** One more fill, at the auction's price. */
    public BatchDraft auctionFill(SignedOrder buy, SignedOrder sell, long baseLots) {
        fills.add(new BatchFill(buy, sell, true, true, BigInteger.valueOf(baseLots)));
        return this;
    }

    BatchDraft lots(MarketLots changed) {
        lots = changed;
        return this;
    }

    BatchDraft priceScale(BigInteger changed) {
        priceScale = changed;
        return this;
    }

    BatchDraft cell(int changed) {
        cell = changed;
        return this;
    }

    /** Other terms. */
    public BatchDraft terms(EscrowTerms changed) {
        terms = changed;
        return this;
    }

    /** Other fees. */
    public BatchDraft fees(BatchFees changed) {
        fees = changed;
        return this;
    }

    /** A price for fills of the auction. */
    public BatchDraft auctionTicks(long changed) {
        auctionTicks = changed;
        return this;
    }
}
