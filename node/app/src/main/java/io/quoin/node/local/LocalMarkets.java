package io.quoin.node.local;

import io.quoin.node.market.Decimals;
import io.quoin.node.market.DeploymentFile;
import io.quoin.node.market.DeploymentFile.AssetEntry;
import io.quoin.node.market.DeploymentFile.MarketEntry;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.testnet.Deployment;
import java.math.BigInteger;
import java.util.List;

/** Describes a local chain's contracts to the node: one market of the two test tokens. Stateless. */
public final class LocalMarkets {
    private static final int CONFIRMATIONS = 2;
    private static final long REFUND_DELAY_SECONDS = 3_600;
    /** No dispute can be opened: this version would not follow one. */
    private static final long DISPUTE_BOUND_SECONDS = 0;

    private static final int FALLBACK_TO_BUYER = 0;

    private LocalMarkets() {}

    /** Returns the deployment file for what was deployed. */
    public static DeploymentFile of(Deployment deployment) {
        Deployment.Token base = deployment.token("QBASE");
        Deployment.Token quote = deployment.token("QUSD");
        Deployment.Market market = deployment.market(base.symbol(), quote.symbol());
        // One tick is one quote lot for one base lot.
        BigInteger tick =
                market.quoteLot().multiply(BigInteger.TEN.pow(base.decimals())).divide(market.baseLot());
        return new DeploymentFile(
                "eip155:" + deployment.chainId(),
                deployment.vault(),
                deployment.block(),
                CONFIRMATIONS,
                List.of(asset(base), asset(quote)),
                List.of(new MarketEntry(
                        base.symbol() + "-" + quote.symbol(),
                        base.symbol(),
                        quote.symbol(),
                        Decimals.format(market.baseLot(), base.decimals()),
                        Decimals.format(tick, quote.decimals()),
                        "ESCROW",
                        market.arbiterId(),
                        0,
                        REFUND_DELAY_SECONDS,
                        DISPUTE_BOUND_SECONDS,
                        EvmAddress.ZERO.hex(),
                        FALLBACK_TO_BUYER)));
    }

    private static AssetEntry asset(Deployment.Token token) {
        return new AssetEntry(token.address(), token.symbol(), token.decimals());
    }
}
