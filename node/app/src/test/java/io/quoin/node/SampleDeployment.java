package io.quoin.node;

import io.quoin.node.market.DeploymentFile;
import io.quoin.node.market.DeploymentFile.AssetEntry;
import io.quoin.node.market.DeploymentFile.MarketEntry;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import java.util.List;

/** A deployment that tests of the store share; nothing of it is on a chain. */
public final class SampleDeployment {
    public static final ChainId CHAIN = Samples.CHAIN;
    public static final EvmAddress ALICE = Samples.address(0xa11ce);
    public static final EvmAddress BOB = Samples.address(0xb0b);
    public static final DeploymentFile FILE = new DeploymentFile(
            CHAIN.toString(),
            Samples.VAULT.vault().hex(),
            0,
            2,
            List.of(
                    new AssetEntry(Samples.BASE.token().hex(), "QBASE", 18),
                    new AssetEntry(Samples.QUOTE.token().hex(), "QUSD", 6)),
            List.of(new MarketEntry(
                    "QBASE-QUSD",
                    "QBASE",
                    "QUSD",
                    "0.001",
                    "0.01",
                    "ESCROW",
                    0,
                    0,
                    3_600,
                    0,
                    EvmAddress.ZERO.hex(),
                    0)));

    private SampleDeployment() {}
}
