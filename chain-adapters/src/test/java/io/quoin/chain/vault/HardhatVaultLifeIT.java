package io.quoin.chain.vault;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;

@LocalChainTest(engine = ChainEngine.HARDHAT, blockTimeMillis = 100)
class HardhatVaultLifeIT extends VaultLifeContract {
    private static final int STEPS = 40;

    HardhatVaultLifeIT(LocalChain chain, Deployment deployment) {
        super(chain, deployment, STEPS);
    }
}
