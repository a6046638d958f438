package io.quoin.signer.terms;

import java.math.BigInteger;
import java.util.Objects;

/**
 * One fill of a batch.
 *
 * @param buy the buyer's signed order
 * @param sell the seller's signed order
 * @param buyerIsMaker whether the buy order rested in the book; its limit is then the price
 * @param atAuctionPrice whether the batch's auction price is the price instead
 * @param lots base lots that change hands, from 1 to 2^40-1
 */
public record BatchFill(
        SignedOrder buy, SignedOrder sell, boolean buyerIsMaker, boolean atAuctionPrice, BigInteger lots) {
    /** Refuses lots out of range and swapped sides, with {@link IllegalArgumentException}. */
    public BatchFill {
        if (buy.terms().side() != OrderSide.BUY || sell.terms().side() != OrderSide.SELL) {
            throw new IllegalArgumentException("fill: buy and sell orders are swapped or of one side");
        }
        Objects.requireNonNull(lots, "lots");
        if (lots.signum() <= 0) {
            throw new IllegalArgumentException("fill: the lots must be positive");
        }
        UintRange.check("lots", lots, LockBatch.LOTS_BITS);
    }
}
