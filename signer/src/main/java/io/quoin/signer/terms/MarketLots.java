package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Objects;
import org.web3j.crypto.Hash;

/**
 * What the vault's books of a market count in (Solidity struct {@code Lots}).
 *
 * @param base the sellers' token
 * @param quote the buyers' token
 * @param baseLot base units of {@code base} in one lot, from 1 to 2^128-1
 * @param quoteLot base units of {@code quote} in one lot, from 1 to 2^128-1
 */
public record MarketLots(EvmAddress base, EvmAddress quote, BigInteger baseLot, BigInteger quoteLot) {
    /** Refuses one token against itself and a lot out of range, with {@link IllegalArgumentException}. */
    public MarketLots {
        Objects.requireNonNull(quote, "quote");
        if (base.equals(quote)) {
            throw new IllegalArgumentException("market: base and quote are the same token " + base);
        }
        if (baseLot.signum() <= 0 || quoteLot.signum() <= 0) {
            throw new IllegalArgumentException("market: lots must be positive");
        }
        UintRange.check("baseLot", baseLot, 128);
        UintRange.check("quoteLot", quoteLot, 128);
    }

    /** The market's id in the vault: the keccak256 of the four words. */
    public Bytes32 id() {
        return Bytes32.of(Hash.sha3(words(new AbiWords()).bytes()));
    }

    /**
     * What a price of one tick, one quote lot for one base lot, is in a signed order. Throws
     * {@link IllegalArgumentException} when that is no whole number above zero; the vault has no such market.
     *
     * @param priceScale base units of base that a signed price is for
     */
    public BigInteger tickPrice(BigInteger priceScale) {
        BigInteger[] parts = quoteLot.multiply(priceScale).divideAndRemainder(baseLot);
        if (parts[0].signum() <= 0 || parts[1].signum() != 0) {
            throw new IllegalArgumentException("market: at price scale " + priceScale
                    + " one quote lot for one base lot is no whole price above zero");
        }
        return parts[0];
    }

    AbiWords words(AbiWords words) {
        return words.address(base).address(quote).number(baseLot).number(quoteLot);
    }
}
