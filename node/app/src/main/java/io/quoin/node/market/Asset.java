package io.quoin.node.market;

import io.quoin.matching.AssetId;
import io.quoin.signer.caip.ChainAsset;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;

/**
 * A token that is traded.
 *
 * <p>The engine counts in longs, so it counts an asset in units coarser than the chain's: one engine unit is
 * {@code engineUnit} base units. What an account holds below one engine unit stays in the ledger and is not traded.
 *
 * @param id the engine's number for it
 * @param chainAsset its CAIP-19 name
 * @param token its contract
 * @param symbol what people call it, for show only
 * @param decimals how many decimals a whole token has, 0 to 36
 * @param engineUnit base units in one engine unit, positive
 */
public record Asset(
        AssetId id, ChainAsset chainAsset, EvmAddress token, String symbol, int decimals, BigInteger engineUnit) {
    private static final int ENGINE_DECIMALS = 9;

    /** Returns the engine unit of an asset with so many decimals: the ninth decimal, or the last if it has fewer. */
    public static BigInteger engineUnit(int decimals) {
        return BigInteger.TEN.pow(Math.max(0, decimals - ENGINE_DECIMALS));
    }

    /** Writes base units as whole tokens. */
    public String format(BigInteger baseUnits) {
        return Decimals.format(baseUnits, decimals);
    }

    /** Returns how many base units so many engine units are. */
    public BigInteger baseUnits(long engineUnits) {
        return engineUnit.multiply(BigInteger.valueOf(engineUnits));
    }

    /** Returns how many whole engine units are in so many base units; what is left over is not traded. */
    public BigInteger engineUnits(BigInteger baseUnits) {
        return baseUnits.divide(engineUnit);
    }
}
