package io.quoin.chain.evm;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;

@LocalChainTest(engine = ChainEngine.HARDHAT, blockTimeMillis = 300)
class HardhatAdapterIT extends AdapterContract {
    HardhatAdapterIT(LocalChain chain, Deployment deployment) {
        super(chain, deployment);
    }
}
