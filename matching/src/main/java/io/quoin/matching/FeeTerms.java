package io.quoin.matching;

/**
 * What the two sides of a fill pay, in 1/10,000 of its quote amount. What a side pays is rounded down, what
 * it is paid is rounded up: in the house's disfavour by less than one engine unit for each fee.
 *
 * @param makerBasisPoints what the maker pays, from -10,000 to 10,000; negative for a rebate, which comes out
 *     of the taker's fee of the same fill and so is not above it (protocol R3)
 * @param takerBasisPoints what the taker pays, from 0 to 10,000
 * @param account who earns the fees
 */
public record FeeTerms(int makerBasisPoints, int takerBasisPoints, AccountId account) {
    /** No fees. */
    public static final FeeTerms NONE = new FeeTerms(0, 0, new AccountId(0));
}
