package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quoin.chain.Alarms;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.ChainHealth;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.DevAccount;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainOptions;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chain's process ends, and another chain comes up at the same URL. */
@Timeout(120)
class ChainReplacedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void otherHistoryAtTheSameUrl_haltsForGood() {
        LocalChainOptions options = LocalChainOptions.of(ChainEngine.ANVIL).withBlockTime(Duration.ofMillis(200));
        LocalChain original = LocalChain.start(options);
        ChainFixture fixture = new ChainFixture(original, deploy(original));
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            fixture.trader(2).mintAndDeposit(fixture.quote, BigInteger.ONE);
            await().atMost(PATIENCE)
                    .until(() ->
                            fixture.store.events(ChainEvent.Deposited.class).size() == 1);

            original.close();
            awaitState(adapter, ChainHealth.State.DOWN);
            assertThat(fixture.alarms.text(Alarms.CHAIN_UNREACHABLE)).isPresent();

            try (LocalChain other =
                    LocalChain.start(options.withPort(original.rpcUrl().getPort()))) {
                assertThat(deploy(other).vault()).isEqualTo(fixture.deployment.vault());
                awaitState(adapter, ChainHealth.State.HALTED);
                int commits = fixture.store.commits();
                assertThat(adapter.health().text()).contains("was processed as final");
                assertThat(fixture.alarms.text(Alarms.CHAIN_HALTED)).isPresent();

                new ChainFixture(other, fixture.deployment).trader(2).mintAndDeposit(fixture.quote, BigInteger.ONE);

                assertThat(adapter.health().state()).isEqualTo(ChainHealth.State.HALTED);
                assertThat(fixture.store.commits()).isEqualTo(commits);
                assertThat(fixture.store.events(ChainEvent.Deposited.class)).hasSize(1);
            }
        } finally {
            original.close();
        }
    }

    private static Deployment deploy(LocalChain chain) {
        return ContractDeployer.deploy(
                chain.rpcUrl(),
                DevAccount.all().getFirst(),
                DevAccount.all().get(1).address());
    }

    private static void awaitState(EvmChainAdapter adapter, ChainHealth.State state) {
        await().atMost(PATIENCE).until(() -> adapter.health().state() == state);
    }
}
