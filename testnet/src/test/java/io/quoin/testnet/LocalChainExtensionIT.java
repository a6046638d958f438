package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@LocalChainTest(blockTimeMillis = 200, operatorAccount = 3)
class LocalChainExtensionIT {
    @Test
    void extension_givesTheChainAndItsContracts(LocalChain chain, Deployment deployment) {
        assertThat(chain.process().isAlive()).isTrue();
        assertThat(deployment.operator()).isEqualTo(chain.accounts().get(3).address());
    }

    @Nested
    class InsideAnotherClass {
        @Test
        void extension_givesTheChainOfTheOuterClass(LocalChain chain, Deployment deployment) {
            assertThat(chain.process().isAlive()).isTrue();
            assertThat(deployment.block()).isPositive();
        }
    }
}
