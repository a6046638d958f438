package io.quoin.chain.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * One random life of the vault and of a slow model of it, and then its history. Longer ones by
 * {@code -Dquoin.vault.steps}, others by {@code -Dquoin.vault.seed}.
 */
@Timeout(3_600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 100)
class VaultLifeIT {
    private static final int STEPS = Integer.getInteger("quoin.vault.steps", 160);
    private static final long SEED = Long.getLong("quoin.vault.seed", 1);

    private final Life life;
    private final RandomLife run;
    private int lived;

    VaultLifeIT(LocalChain chain, Deployment deployment) {
        this.life = new Life(new VaultChain(chain, deployment), SEED);
        this.run = new RandomLife(life);
    }

    @AfterAll
    void close() {
        life.close();
    }

    @Test
    @Order(1)
    @DisplayName("the same random calls leave the same balances in the vault and in a model of it, after each one")
    void randomCalls_vaultAndModel_agreeAfterEachOne() {
        System.out.printf("quoin.vault.seed=%d quoin.vault.steps=%d%n", SEED, STEPS);
        while (lived < STEPS) {
            live();
            assertThat(run.comparison().differences())
                    .as("seed %d, step %d, after %s", SEED, lived, life.story())
                    .isEmpty();
        }
        System.out.println("calls by their refusal, those without one first: " + life.outcomes);
    }

    @Test
    @Order(2)
    @DisplayName(
            "every batch, escrow, exit and balance is rebuilt from the chain alone, and ended from what was rebuilt")
    void history_readFromTheChainAlone_saysWhatTheVaultSays() {
        while (lived < STEPS) {
            live();
        }
        HistoryCheck check = new HistoryCheck(life.domain, life.chain, life.operator);
        assertThat(check.history().batches()).hasSizeGreaterThan(STEPS / 20);
        assertThat(check.history().escrows).isNotEmpty();

        check.compareStates();
        check.compareBalances();
        check.compareStates();
    }

    private void live() {
        lived++;
        run.step();
    }
}
