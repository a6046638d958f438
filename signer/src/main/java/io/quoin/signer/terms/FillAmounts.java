package io.quoin.signer.terms;

import java.math.BigInteger;

/**
 * What a fill moves, in the market's lots, each from 0 to 2^40-1; the same arithmetic that the vault does (R3).
 *
 * @param base base lots that the seller pays and the buyer gets
 * @param pay quote lots that the buyer pays, his fee included
 * @param get quote lots that the seller gets, his fee deducted
 * @param referrerFee quote lots for the referrer; the operator's fee is what is left of {@code pay}
 */
public record FillAmounts(BigInteger base, BigInteger pay, BigInteger get, BigInteger referrerFee) {
    private static final BigInteger FEE_UNIT = BigInteger.valueOf(10_000);

    /** Refuses an amount that does not fit 40 bits with {@link IllegalArgumentException}. */
    public FillAmounts {
        UintRange.check("base lots", base, LockBatch.LOTS_BITS);
        UintRange.check("quote lots paid", pay, LockBatch.LOTS_BITS);
        UintRange.check("quote lots got", get, LockBatch.LOTS_BITS);
        UintRange.check("referrer's fee", referrerFee, LockBatch.LOTS_BITS);
    }

    /**
     * The amounts of a fill of {@code lots} base lots. Throws {@link IllegalArgumentException} for what the vault
     * refuses: a quote amount of zero or beyond 40 bits, or a rebate beyond the taker's fee of the same fill.
     *
     * @param ticks the price, quote lots for one base lot
     */
    public static FillAmounts of(BigInteger lots, BigInteger ticks, BatchFees fees, boolean buyerIsMaker) {
        BigInteger quote = lots.multiply(ticks);
        if (quote.signum() <= 0) {
            throw new IllegalArgumentException("the quote amount is not positive");
        }
        UintRange.check("quote lots", quote, LockBatch.LOTS_BITS);
        BigInteger operators = part(quote, fees.takerBps());
        BigInteger maker = fees.makerBps() < 0 ? part(quote, -fees.makerBps()).negate() : part(quote, fees.makerBps());
        if (maker.negate().compareTo(operators) > 0) {
            throw new IllegalArgumentException(
                    "the maker's rebate " + maker.negate() + " is above the taker's fee " + operators);
        }
        BigInteger referrers = part(quote, fees.referrerBps());
        BigInteger taker = operators.add(referrers);
        BigInteger pay = quote.add(buyerIsMaker ? maker : taker);
        if (pay.signum() == 0) {
            throw new IllegalArgumentException("the buyer pays nothing");
        }
        return new FillAmounts(lots, pay, quote.subtract(buyerIsMaker ? taker : maker), referrers);
    }

    private static BigInteger part(BigInteger quote, int points) {
        return quote.multiply(BigInteger.valueOf(points)).divide(FEE_UNIT);
    }
}
