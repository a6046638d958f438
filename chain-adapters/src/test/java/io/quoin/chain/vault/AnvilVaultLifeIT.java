package io.quoin.chain.vault;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;

@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 100)
class AnvilVaultLifeIT extends VaultLifeContract {
    private static final int STEPS = 160;

    AnvilVaultLifeIT(LocalChain chain, Deployment deployment) {
        super(chain, deployment, STEPS);
    }
}
