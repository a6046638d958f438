package io.quoin.node.local;

import io.quoin.node.market.DeploymentFile;
import io.quoin.node.market.DeploymentFile.AssetEntry;
import io.quoin.node.market.DeploymentFile.MarketEntry;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.testnet.Deployment;
import java.util.List;

/** Describes a local chain's contracts to the node: one market of the two test tokens. Stateless. */
public final class LocalMarkets {
    private static final String LOT_SIZE = "0.001";
    private static final String TICK_SIZE = "0.01";
    private static final int CONFIRMATIONS = 2;
    private static final long REFUND_DELAY_SECONDS = 3600;
    private static final int FALLBACK_TO_BUYER = 0;

    private LocalMarkets() {}

    /** Returns the deployment file for what was deployed. */
    public static DeploymentFile of(Deployment deployment) {
        Deployment.Token base = deployment.token("QBASE");
        Deployment.Token quote = deployment.token("QUSD");
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
                        LOT_SIZE,
                        TICK_SIZE,
                        "ESCROW",
                        0,
                        0,
                        REFUND_DELAY_SECONDS,
                        0,
                        EvmAddress.ZERO.hex(),
                        FALLBACK_TO_BUYER)));
    }

    private static AssetEntry asset(Deployment.Token token) {
        return new AssetEntry(token.address(), token.symbol(), token.decimals());
    }
}
