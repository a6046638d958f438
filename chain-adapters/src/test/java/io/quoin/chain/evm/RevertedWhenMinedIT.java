package io.quoin.chain.evm;

import static io.quoin.chain.evm.ChainFixture.ONE_BASE;
import static io.quoin.chain.evm.ChainFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quoin.chain.ActionState;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainEvent;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chain changes between simulation and mining: a withdrawal overtakes the lock in the same block. */
@Timeout(120)
@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 300)
class RevertedWhenMinedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChainFixture fixture;

    RevertedWhenMinedIT(LocalChain chain, Deployment deployment) {
        this.fixture = new ChainFixture(chain, deployment);
    }

    @Test
    void lock_overtakenByAWithdrawal_failsRetryablyWithItsTransaction() {
        Trader buyer = fixture.trader(2);
        Trader seller = fixture.trader(3);
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        ChainAction lock = fixture.lock(fixture.fill(buyer, seller));
        try (EvmChainAdapter adapter = fixture.adapter();
                EvmRpc rpc = new EvmRpc(fixture.profile(fixture.chain.rpcUrl(), 1))) {
            adapter.start();
            await().atMost(PATIENCE).until(() -> adapter.health().isUp());
            fixture.rpc("evm_setIntervalMining", 0);
            adapter.submit(lock);
            await().atMost(PATIENCE).until(() -> fixture.store.state(lock.id()) instanceof ActionState.Signed);
            ActionState.Signed signed = (ActionState.Signed) fixture.store.state(lock.id());
            await().atMost(PATIENCE).until(() -> rpc.knows(signed.txHash()));

            seller.withdraw(fixture.base, ONE_BASE, BigInteger.valueOf(50_000_000_000L));
            fixture.rpc("evm_mine");

            await().atMost(PATIENCE).until(() -> fixture.store.end(lock.id()).isPresent());
            assertThat(fixture.store.events(ChainEvent.ActionFailed.class))
                    .singleElement()
                    .satisfies(failed -> {
                        assertThat(failed.txHash()).contains(signed.txHash());
                        assertThat(failed.retryable()).isTrue();
                        assertThat(failed.reason()).startsWith("reverted when mined in block");
                    });
            assertThat(fixture.store.events(ChainEvent.Withdrawn.class))
                    .singleElement()
                    .satisfies(withdrawn -> assertThat(withdrawn.amount()).isEqualTo(ONE_BASE));
            assertThat(fixture.store.events(ChainEvent.Locked.class)).isEmpty();
        }
    }
}
