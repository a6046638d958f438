package io.quoin.signer.terms;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A batch of fills of one market, of orders that all signed the same terms, as {@code lock} and {@code settle} take
 * it. The record holds what can be written so that the orders' signatures still hold; whether fills and fees are within
 * what the orders sign is the signer's to check.
 *
 * @param lots the market
 * @param priceScale base units of base that the orders' prices are for
 * @param cell which of the vault's 64 cells keeps the batch, 0 to 63; {@code settle} ignores it
 * @param terms what all orders signed
 * @param fees the rates of all fills
 * @param auctionTicks the price of fills at the auction's price, quote lots for one base lot; 0 without an auction
 * @param fills 1 to {@value LockBatch#FILLS_MAX}, in the order in which the vault runs them
 */
public record LockBatch(
        MarketLots lots,
        BigInteger priceScale,
        int cell,
        EscrowTerms terms,
        BatchFees fees,
        long auctionTicks,
        List<BatchFill> fills) {
    /** The most fills of one batch; the gas limit usually ends a batch earlier. */
    public static final int FILLS_MAX = 256;

    /** How many cells a market of the vault has. */
    public static final int CELLS = 64;

    /** Bits of an amount of lots, of a price in ticks, and of a nonce, in a batch. */
    static final int LOTS_BITS = 40;

    /**
     * Refuses what is out of range, and an order that the batch cannot carry: of another market or other terms, or
     * with a price or quantity that is no whole number of ticks or lots; with {@link IllegalArgumentException}.
     */
    public LockBatch {
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(fees, "fees");
        UintRange.check("priceScale", priceScale, 128);
        UintRange.check("auctionTicks", auctionTicks, LOTS_BITS);
        if (cell < 0 || cell >= CELLS) {
            throw new IllegalArgumentException("batch: no cell " + cell);
        }
        fills = List.copyOf(fills);
        if (fills.isEmpty() || fills.size() > FILLS_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + FILLS_MAX + " fills, not " + fills.size());
        }
        BigInteger tick = lots.tickPrice(priceScale);
        MarketTerms market = new MarketTerms(lots.base(), lots.quote(), priceScale);
        for (BatchFill fill : fills) {
            checkOrder(fill.buy().terms(), market, lots, tick, terms);
            checkOrder(fill.sell().terms(), market, lots, tick, terms);
        }
    }

    /** The orders of the fills, each once, in the order of their first fill, buy before sell. */
    public List<SignedOrder> orders() {
        return fills.stream()
                .flatMap(fill -> Stream.of(fill.buy(), fill.sell()))
                .distinct()
                .toList();
    }

    private static void checkOrder(
            OrderTerms order, MarketTerms market, MarketLots lots, BigInteger tick, EscrowTerms terms) {
        if (!order.market().equals(market)) {
            throw new IllegalArgumentException("batch: an order is of another market");
        }
        if (!order.terms().equals(terms)) {
            throw new IllegalArgumentException("batch: an order signed other terms");
        }
        checkWhole("price", order.price(), tick);
        checkWhole("quantity", order.quantity(), lots.baseLot());
        UintRange.check("nonce", order.nonce(), LOTS_BITS);
        UintRange.check("issued", order.issuedSeconds(), 32);
        UintRange.check("expiry", order.expirySeconds(), 32);
    }

    private static void checkWhole(String field, BigInteger units, BigInteger step) {
        BigInteger[] parts = units.divideAndRemainder(step);
        if (parts[1].signum() != 0) {
            throw new IllegalArgumentException(
                    "batch: an order's " + field + " " + units + " is no multiple of " + step);
        }
        UintRange.check(field, parts[0], LOTS_BITS);
    }
}
