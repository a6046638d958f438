package io.quoin.chain.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One random life of the vault and of a slow model of it. Longer ones by {@code -Dquoin.vault.steps}, others by
 * {@code -Dquoin.vault.seed}.
 */
@Timeout(3_600)
@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 100)
class VaultModelIT {
    private static final int STEPS = Integer.getInteger("quoin.vault.steps", 150);
    private static final long SEED = Long.getLong("quoin.vault.seed", 1);

    private final LocalChain chain;
    private final Deployment deployment;

    VaultModelIT(LocalChain chain, Deployment deployment) {
        this.chain = chain;
        this.deployment = deployment;
    }

    @Test
    @DisplayName("the same random calls leave the same balances in the vault and in a model of it, after each one")
    void randomCalls_vaultAndModel_agreeAfterEachOne() {
        System.out.printf("quoin.vault.seed=%d quoin.vault.steps=%d%n", SEED, STEPS);
        try (Life life = new Life(new VaultChain(chain, deployment), SEED)) {
            RandomLife run = new RandomLife(life);
            for (int step = 0; step < STEPS; step++) {
                run.step();
                List<String> differences = run.comparison().differences();
                assertThat(differences)
                        .as("seed %d, step %d, after %s", SEED, step, life.story())
                        .isEmpty();
            }
            System.out.println("calls by their refusal, those without one first: " + life.outcomes);
        }
    }
}
