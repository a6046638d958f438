package io.quoin.node;

import io.quoin.matching.AssetId;
import io.quoin.matching.MarketId;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.market.SettlementTerms;
import io.quoin.signer.caip.ChainAsset;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.util.List;

/** Values that tests share. */
public final class Samples {
    public static final ChainId CHAIN = ChainId.eip155(31_337);
    public static final VaultDomain VAULT = new VaultDomain(CHAIN, address(0xfa));
    public static final Asset BASE = asset(1, address(0xba), "QBASE", 18);
    public static final Asset QUOTE = asset(2, address(0xc0), "QUSD", 6);
    public static final EscrowTerms TERMS = new EscrowTerms(0, 0, 3_600, 0, EvmAddress.ZERO, 0, 0, 0);
    public static final Market MARKET = new Market(
            new MarketId(1),
            "QBASE-QUSD",
            BASE,
            QUOTE,
            BigInteger.TEN.pow(15),
            BigInteger.TEN.pow(4),
            new SettlementTerms(SettlementMode.ESCROW, TERMS),
            VAULT);
    public static final Markets MARKETS = new Markets(List.of(MARKET), List.of(BASE, QUOTE));

    private Samples() {}

    public static EvmAddress address(int last) {
        return new EvmAddress("0x" + "%040x".formatted(last));
    }

    private static Asset asset(int id, EvmAddress token, String symbol, int decimals) {
        return new Asset(
                new AssetId(id), ChainAsset.erc20(CHAIN, token), token, symbol, decimals, Asset.engineUnit(decimals));
    }
}
