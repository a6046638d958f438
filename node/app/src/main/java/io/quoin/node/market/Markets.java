package io.quoin.node.market;

import io.quoin.matching.AssetId;
import io.quoin.matching.MarketId;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.evm.EvmAddress;
import java.util.List;
import java.util.Optional;

/**
 * The markets and assets of this node, fixed while it runs. Immutable.
 *
 * @param all every market
 * @param assets every asset, traded or not
 */
public record Markets(List<Market> all, List<Asset> assets) {
    /** Keeps unmodifiable copies. */
    public Markets {
        all = List.copyOf(all);
        assets = List.copyOf(assets);
    }

    /** Returns the market of that symbol, or refuses. */
    public Market bySymbol(String symbol) {
        return all.stream()
                .filter(market -> market.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_MARKET,
                        "there is no market " + symbol + "; the markets are "
                                + all.stream().map(Market::symbol).toList() + " (GET /v1/markets)"));
    }

    /** Returns the market with that number, which the node itself gave out. */
    public Market byId(MarketId id) {
        return all.stream().filter(market -> market.id().equals(id)).findFirst().orElseThrow();
    }

    /** Returns the asset with that number, which the node itself gave out. */
    public Asset asset(AssetId id) {
        return assets.stream()
                .filter(asset -> asset.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the asset of that token; empty for a token that this node does not know. */
    public Optional<Asset> byToken(EvmAddress token) {
        return assets.stream().filter(asset -> asset.token().equals(token)).findFirst();
    }
}
