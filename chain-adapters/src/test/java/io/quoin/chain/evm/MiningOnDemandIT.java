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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocks come when the test says so: what happens between sending and mining. */
@Timeout(120)
@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 300)
class MiningOnDemandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChainFixture fixture;

    MiningOnDemandIT(LocalChain chain, Deployment deployment) {
        this.fixture = new ChainFixture(chain, deployment);
    }

    @AfterEach
    void mineAgain() {
        fixture.rpc("evm_setIntervalMining", 1);
    }

    @Test
    @DisplayName("R9 a lost reply: the same bytes again, one transaction")
    void send_whenTheReplyIsLost_sendsTheSameBytesAgain() {
        ChainAction lock = fundedLock(fixture.trader(4), fixture.trader(5));
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set("eth_sendRawTransaction", FaultProxy.times(3, FaultProxy.loseAnswer()));
            adapter.start();
            await().atMost(PATIENCE).until(() -> adapter.health().isUp());
            fixture.rpc("evm_setIntervalMining", 0);
            adapter.submit(lock);
            ActionState.Signed signed = signed(lock);

            await().atMost(PATIENCE).until(() -> proxy.asked("eth_sendRawTransaction") > 3);
            fixture.rpc("evm_mine");

            await().atMost(PATIENCE).until(() -> fixture.store.end(lock.id()).isPresent());
            assertThat(fixture.store.events(ChainEvent.ActionMined.class))
                    .singleElement()
                    .satisfies(mined -> assertThat(mined.at().txHash()).isEqualTo(signed.txHash()));
            assertThat(fixture.store.nonces()).containsExactly(signed.nonce());
        }
    }

    @Test
    void lock_overtakenByAWithdrawal_failsRetryablyWithItsTransaction() {
        Trader seller = fixture.trader(3);
        ChainAction lock = fundedLock(fixture.trader(2), seller);
        try (EvmChainAdapter adapter = fixture.adapter();
                EvmRpc rpc = new EvmRpc(fixture.profile(fixture.chain.rpcUrl(), 1))) {
            adapter.start();
            await().atMost(PATIENCE).until(() -> adapter.health().isUp());
            fixture.rpc("evm_setIntervalMining", 0);
            adapter.submit(lock);
            ActionState.Signed signed = signed(lock);
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
            assertThat(fixture.store.events(ChainEvent.Locked.class))
                    .noneMatch(locked -> locked.at().txHash().equals(signed.txHash()));
        }
    }

    private ChainAction fundedLock(Trader buyer, Trader seller) {
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        return fixture.lock(fixture.fill(buyer, seller));
    }

    private ActionState.Signed signed(ChainAction action) {
        await().atMost(PATIENCE).until(() -> fixture.store.state(action.id()) instanceof ActionState.Signed);
        return (ActionState.Signed) fixture.store.state(action.id());
    }
}
