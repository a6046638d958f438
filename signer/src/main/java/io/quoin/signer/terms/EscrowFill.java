package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.util.Objects;

/**
 * One fill as the vault locks it (Solidity struct {@code Fill}).
 *
 * @param escrowId the escrow's id, not zero, never used before in this vault
 * @param buy the buyer's signed order
 * @param sell the seller's signed order
 * @param buyerIsMaker whether the buy order rested in the book; its limit is then the price
 * @param quantity base units of base that change hands, from 1 to 2^128-1
 */
public record EscrowFill(
        Bytes32 escrowId, SignedOrder buy, SignedOrder sell, boolean buyerIsMaker, BigInteger quantity) {
    /** Refuses a zero id or quantity and swapped sides, with {@link IllegalArgumentException}. */
    public EscrowFill {
        Objects.requireNonNull(buy, "buy");
        Objects.requireNonNull(sell, "sell");
        if (escrowId.isZero()) {
            throw new IllegalArgumentException("fill: the escrow id is zero");
        }
        if (buy.terms().side() != OrderSide.BUY || sell.terms().side() != OrderSide.SELL) {
            throw new IllegalArgumentException("fill: buy and sell orders are swapped or of one side");
        }
        if (quantity.signum() <= 0) {
            throw new IllegalArgumentException("fill: the quantity must be positive");
        }
        UintRange.check("quantity", quantity, 128);
    }
}
