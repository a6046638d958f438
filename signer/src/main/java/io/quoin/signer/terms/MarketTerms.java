package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Objects;

/**
 * The market as a signed order names it (EIP-712 type {@code Market}).
 *
 * @param base the token that is bought or sold
 * @param quote the token that it is paid in
 * @param priceScale base units of {@code base} that the price is for, from 1 to 2^128-1; 10^decimals in practice
 */
public record MarketTerms(EvmAddress base, EvmAddress quote, BigInteger priceScale) {
    /** Refuses one token against itself and a scale out of range, with {@link IllegalArgumentException}. */
    public MarketTerms {
        Objects.requireNonNull(quote, "quote");
        if (base.equals(quote)) {
            throw new IllegalArgumentException("market: base and quote are the same token " + base);
        }
        if (priceScale.signum() <= 0) {
            throw new IllegalArgumentException("market: priceScale must be positive");
        }
        UintRange.check("priceScale", priceScale, 128);
    }
}
