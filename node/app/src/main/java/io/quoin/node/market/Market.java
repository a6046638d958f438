package io.quoin.node.market;

import io.quoin.matching.MarketId;
import io.quoin.matching.MarketSpec;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.MarketTerms;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;

/**
 * A pair of assets and how it is traded and settled. The one place where prices become ticks and quantities lots, and
 * back; a value that does not divide is refused.
 *
 * @param id the engine's number for it
 * @param symbol such as {@code QBASE-QUSD}
 * @param base what is bought and sold
 * @param quote what is paid with
 * @param lotSize base units of the base asset in one lot
 * @param tickSize base units of the quote asset in one tick of the price of one whole base token
 * @param terms what its orders must state
 * @param vault the contract that its escrows lie in
 */
public record Market(
        MarketId id,
        String symbol,
        Asset base,
        Asset quote,
        BigInteger lotSize,
        BigInteger tickSize,
        SettlementTerms terms,
        VaultDomain vault) {
    /** How many ticks or lots fit in the engine, as a power of two. */
    private static final int STEP_BITS_MAX = 62;

    /** Checks that lots, ticks and engine units divide one another. */
    public Market {
        requireDivides(base.engineUnit(), lotSize, symbol + ": the lot is no multiple of the base asset's engine unit");
        BigInteger scaled = lotSize.multiply(tickSize);
        BigInteger scale = BigInteger.TEN.pow(base.decimals());
        requireDivides(scale, scaled, symbol + ": one lot at one tick is no whole number of the quote's base units");
        requireDivides(
                quote.engineUnit(),
                scaled.divide(scale),
                symbol + ": one lot at one tick is no multiple of the quote asset's engine unit");
    }

    /** Returns the base units of the base asset that a price is for: one whole token. */
    public BigInteger priceScale() {
        return BigInteger.TEN.pow(base.decimals());
    }

    /** Returns the part of an order's signed terms that says which market it is for. */
    public MarketTerms signedTerms() {
        return new MarketTerms(base.token(), quote.token(), priceScale());
    }

    /** Returns what the vault's books count in: one lot, and what one lot costs at one tick. */
    public MarketLots vaultLots() {
        return new MarketLots(base.token(), quote.token(), lotSize, quotePerTickLot());
    }

    /**
     * Returns what the engine needs to know. Without fees and bonds: neither escrow nor ledger has a place for them.
     * Without bounds and band: every positive number of lots and ticks is an order.
     */
    public MarketSpec spec() {
        return new MarketSpec(
                id,
                base.id(),
                quote.id(),
                lotSize.divide(base.engineUnit()).longValueExact(),
                quotePerTickLot().divide(quote.engineUnit()).longValueExact());
    }

    /** Reads a price in whole quote tokens for one whole base token, as ticks. */
    public long ticks(String price) {
        return steps(price, quote.decimals(), tickSize, RefusalCode.PRICE_OFF_TICK, "price", quote.format(tickSize));
    }

    /** Reads a quantity in whole base tokens, as lots. */
    public long lots(String quantity) {
        return steps(
                quantity, base.decimals(), lotSize, RefusalCode.QUANTITY_OFF_LOT, "quantity", base.format(lotSize));
    }

    /** Returns the signed price: base units of the quote asset for {@link #priceScale} base units of the base. */
    public BigInteger price(long ticks) {
        return tickSize.multiply(BigInteger.valueOf(ticks));
    }

    /** Returns base units of the base asset. */
    public BigInteger quantity(long lots) {
        return lotSize.multiply(BigInteger.valueOf(lots));
    }

    /** Returns what so many lots cost at so many ticks, in base units of the quote asset. */
    public BigInteger cost(long ticks, long lots) {
        return quotePerTickLot().multiply(BigInteger.valueOf(ticks)).multiply(BigInteger.valueOf(lots));
    }

    /** Writes a price in whole tokens. */
    public String formatPrice(long ticks) {
        return quote.format(price(ticks));
    }

    /** Writes a quantity in whole tokens. */
    public String formatQuantity(long lots) {
        return base.format(quantity(lots));
    }

    private BigInteger quotePerTickLot() {
        return lotSize.multiply(tickSize).divide(priceScale());
    }

    private static long steps(
            String text, int decimals, BigInteger step, RefusalCode code, String what, String stepText) {
        BigInteger units = Decimals.parse(text, decimals).orElse(BigInteger.ZERO);
        BigInteger[] divided = units.divideAndRemainder(step);
        if (units.signum() <= 0 || divided[1].signum() != 0) {
            throw new RefusedException(
                    code, what + " " + text + " is not a positive multiple of " + stepText + "; send a multiple of it");
        }
        if (divided[0].bitLength() > STEP_BITS_MAX) {
            throw new RefusedException(
                    RefusalCode.AMOUNT_TOO_LARGE, what + " " + text + " is beyond what the engine holds");
        }
        return divided[0].longValueExact();
    }

    private static void requireDivides(BigInteger divisor, BigInteger value, String otherwise) {
        if (value.signum() <= 0 || value.mod(divisor).signum() != 0) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
