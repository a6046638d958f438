package io.quoin.signer.terms;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * A batch as somebody sent it to the vault, read back from the calldata: the orders' traders are whom the signatures
 * recover. Nothing more is checked than that it can be read.
 *
 * @param mode {@link SettlementMode#ESCROW} if it was locked, {@link SettlementMode#ATOMIC} if it was settled
 * @param lots the market
 * @param terms what all orders signed
 * @param fees the rates of all fills
 * @param auctionTicks the price of fills at the auction's price, quote lots for one base lot; 0 without an auction
 * @param fills the fills in their order
 */
public record BatchInput(
        SettlementMode mode, MarketLots lots, EscrowTerms terms, BatchFees fees, long auctionTicks, List<Fill> fills) {
    /**
     * One fill of it.
     *
     * @param buy the buyer's order
     * @param sell the seller's order
     * @param buyerIsMaker whether the buyer's limit is the price
     * @param amounts what the fill moves, or would have moved if it was skipped
     */
    public record Fill(InputOrder buy, InputOrder sell, boolean buyerIsMaker, FillAmounts amounts) {
        /** Takes any fill. */
        public Fill {
            Objects.requireNonNull(buy, "buy");
            Objects.requireNonNull(sell, "sell");
            Objects.requireNonNull(amounts, "amounts");
        }
    }

    /** Takes any batch. */
    public BatchInput {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(lots, "lots");
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(fees, "fees");
        fills = List.copyOf(fills);
    }

    /**
     * Reads the calldata of a {@code lock} or {@code settle}. Throws {@link IllegalArgumentException} for any other
     * calldata, and for a batch that the vault refuses however its accounts stand.
     *
     * @param vault the vault it was sent to, under whose domain the orders were signed
     */
    public static BatchInput decode(VaultDomain vault, byte[] calldata) {
        return new BatchInputReader(vault, calldata).read();
    }

    /** The base units of that many base lots. */
    public BigInteger baseUnits(BigInteger baseLots) {
        return baseLots.multiply(lots.baseLot());
    }

    /** The base units of that many quote lots. */
    public BigInteger quoteUnits(BigInteger quoteLots) {
        return quoteLots.multiply(lots.quoteLot());
    }
}
