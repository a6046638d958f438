package io.quoin.chain.evm;

import static io.quoin.chain.evm.ChainFixture.ONE_BASE;
import static io.quoin.chain.evm.ChainFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.quoin.chain.ActionState;
import io.quoin.chain.Alarms;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.ChainHealth;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.MemoryStore.Fault;
import io.quoin.signer.LocalSigner;
import io.quoin.signer.SigningPolicy;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.DevAccount;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real chain behind a line that fails, a store that fails, and settings that are wrong. */
@Timeout(120)
@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 300)
class AdapterFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SEND = "eth_sendRawTransaction";
    private static final String RECEIPT = "eth_getTransactionReceipt";
    private static final String TRANSACTION = "eth_getTransactionByHash";

    private final ChainFixture fixture;

    AdapterFaultsIT(LocalChain chain, Deployment deployment) {
        this.fixture = new ChainFixture(chain, deployment);
    }

    @Test
    @DisplayName("R9 a restart between signing and broadcast: the stored bytes go out unchanged")
    void restart_whenSignedButNotSent_sendsTheStoredBytes() {
        ChainAction lock = fundedLock(4, 5);
        ActionState.Signed signed;
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter first = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set(SEND, FaultProxy.loseQuestion());
            first.start();
            first.submit(lock);
            signed = signed(lock);
            await().atMost(PATIENCE).until(() -> proxy.asked(SEND) > 0);
        }

        try (EvmChainAdapter second = fixture.adapter()) {
            second.start();

            assertThat(mined(lock).at().txHash()).isEqualTo(signed.txHash());
        }
    }

    @Test
    void nonceUsedElsewhere_callsAPerson_sendsNothingElse_andFailsOnceFinal() {
        ChainAction lock = fundedLock(6, 7);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 20))) {
            fixture.rpc("anvil_mine", "0x14");
            proxy.set(SEND, FaultProxy.loseQuestion());
            adapter.start();
            adapter.submit(lock);
            ActionState.Signed signed = signed(lock);
            fixture.transferOfOperator();

            proxy.clear(SEND);

            await().atMost(PATIENCE)
                    .until(() -> fixture.alarms.text(Alarms.ACTION_STUCK).isPresent());
            assertThat(fixture.alarms.text(Alarms.ACTION_STUCK).orElseThrow()).contains("not ours");
            assertThat(fixture.store.state(lock.id())).isEqualTo(signed);
            fixture.rpc("anvil_mine", "0x14");

            assertThat(failed(lock)).satisfies(failed -> {
                assertThat(failed.txHash()).isEmpty();
                assertThat(failed.retryable()).isTrue();
                assertThat(failed.reason()).contains("took nonce " + signed.nonce());
            });
            assertThat(fixture.store.nonces()).containsExactly(signed.nonce());
            await().atMost(PATIENCE)
                    .until(() -> fixture.alarms.text(Alarms.ACTION_STUCK).isEmpty());
        }
    }

    @Test
    @DisplayName("a mined transaction whose receipt the node does not find yet is not taken for a foreign one")
    void receiptThatIsLate_isWaitedFor() {
        ChainAction lock = fundedLock(6, 7);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set(RECEIPT, FaultProxy.change(AdapterFaultsIT::nothing));
            adapter.start();
            adapter.submit(lock);
            ActionState.Signed signed = signed(lock);
            awaitFinalBlocks(adapter, 5);
            await().atMost(PATIENCE).until(() -> proxy.asked(TRANSACTION) > 2);
            assertThat(fixture.store.state(lock.id())).isEqualTo(signed);

            // Nor when, for less than the confirmations, the node finds not even the transaction.
            proxy.set(TRANSACTION, FaultProxy.times(1, FaultProxy.change(AdapterFaultsIT::nothing)));
            awaitFinalBlocks(adapter, 5);
            assertThat(fixture.store.state(lock.id())).isEqualTo(signed);

            proxy.clear(RECEIPT);
            assertThat(mined(lock).at().txHash()).isEqualTo(signed.txHash());
        }
    }

    @Test
    void nodeThatCannotCountInAnOldBlock_isStillFollowed() {
        ChainAction lock = fundedLock(6, 7);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set(SEND, FaultProxy.loseQuestion());
            adapter.start();
            adapter.submit(lock);
            ActionState.Signed signed = signed(lock);
            proxy.set("eth_getTransactionCount", FaultProxy.change(AdapterFaultsIT::pruned));

            awaitFinalBlocks(adapter, 3);

            assertThat(adapter.health().isUp()).isTrue();
            assertThat(fixture.store.state(lock.id())).isEqualTo(signed);
            proxy.clear(SEND);
            assertThat(mined(lock).at().txHash()).isEqualTo(signed.txHash());
        }
    }

    @Test
    void operatorWithoutGasMoney_callsAPerson_andContinuesWhenPaid() {
        ChainAction lock = fundedLock(6, 7);
        String operator = fixture.operator().address().hex();
        try (EvmChainAdapter adapter = fixture.adapter()) {
            fixture.rpc("anvil_setBalance", operator, "0x0");
            adapter.start();
            adapter.submit(lock);
            await().atMost(PATIENCE)
                    .until(() -> fixture.alarms.text(Alarms.ACTION_STUCK).isPresent());
            assertThat(fixture.alarms.text(Alarms.ACTION_STUCK).orElseThrow()).contains("gas money");

            fixture.rpc("anvil_setBalance", operator, "0x56bc75e2d63100000");

            assertThat(mined(lock).gasUsed()).isPositive();
            await().atMost(PATIENCE)
                    .until(() -> fixture.alarms.text(Alarms.ACTION_STUCK).isEmpty());
        }
    }

    @Test
    void unreachable_isSaidWithoutCredentials_andHealsByItself() {
        Trader trader = fixture.trader(8);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set("eth_chainId", FaultProxy.loseQuestion());
            assertThat(adapter.health().state()).isEqualTo(ChainHealth.State.STARTING);
            adapter.start();

            awaitState(adapter, ChainHealth.State.DOWN);
            assertThat(adapter.health().text())
                    .contains("http://127.0.0.1:" + proxy.url().getPort());
            assertThat(adapter.health().text()).doesNotContain("hunter2").doesNotContain("canary");
            assertThat(fixture.alarms.text(Alarms.CHAIN_UNREACHABLE))
                    .contains(adapter.health().text());

            trader.mintAndDeposit(fixture.quote, BigInteger.ONE);
            assertThat(fixture.store.commits()).isZero();
            proxy.clear("eth_chainId");

            awaitState(adapter, ChainHealth.State.UP);
            awaitDeposits(trader, 1);
            assertThat(fixture.alarms.text(Alarms.CHAIN_UNREACHABLE)).isEmpty();
        }
    }

    @Test
    void answersThatMakeNoSense_areNoAnswers() {
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set("eth_chainId", FaultProxy.change(answer -> "<html>busy</html>"));
            adapter.start();
            awaitDown(adapter, "it is not JSON");
            proxy.set("eth_chainId", FaultProxy.change(answer -> "[]"));
            awaitDown(adapter, "not a JSON object");
            proxy.set(
                    "eth_chainId", FaultProxy.change(answer -> "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x7a69\"}"));
            awaitDown(adapter, "not the answer to this question");
            proxy.set("eth_chainId", FaultProxy.change(answer -> answer.replace("0x7a69", "31337")));
            awaitDown(adapter, "a quantity expected");
            proxy.set(
                    "eth_chainId",
                    FaultProxy.change(answer ->
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005,\"message\":\"slow down\"}}"));
            awaitDown(adapter, "slow down");
            assertThat(fixture.store.commits()).isZero();
        }
    }

    @Test
    void logsThatContradictTheirBlock_areNotDelivered() {
        Trader trader = fixture.trader(9);
        trader.mintAndDeposit(fixture.quote, BigInteger.ONE);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            proxy.set("eth_getLogs", FaultProxy.change(FaultProxy::otherBlockHash));
            adapter.start();
            awaitDown(adapter, "contradicts itself");
            proxy.set("eth_getLogs", FaultProxy.change(FaultProxy::twice));
            awaitDown(adapter, "there twice");
            assertThat(fixture.store.commits()).isZero();

            proxy.clear("eth_getLogs");

            awaitDeposits(trader, 1);
        }
    }

    @Test
    @DisplayName("a node that shows other fills than the vault locked is not believed")
    void fillsThatContradictTheVaultsRoot_areNotDelivered() {
        ChainAction lock = fundedLock(2, 3);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            String lots = hexOfLots(1_000);
            proxy.set(TRANSACTION, FaultProxy.change(answer -> answer.replace(lots, hexOfLots(1_001))));
            adapter.start();
            adapter.submit(lock);

            awaitDown(adapter, "is not of batch");
            assertThat(fixture.store.events(ChainEvent.Locked.class)).isEmpty();
            proxy.set(TRANSACTION, FaultProxy.change(AdapterFaultsIT::nothing));
            awaitDown(adapter, "cannot be read");

            proxy.clear(TRANSACTION);

            Bytes32 transaction = mined(lock).at().txHash();
            assertThat(fixture.store.events(ChainEvent.Locked.class))
                    .filteredOn(locked -> locked.at().txHash().equals(transaction))
                    .singleElement()
                    .satisfies(locked -> assertThat(locked.baseAmount()).isEqualTo(ONE_BASE));
        }
    }

    /** The batch's one fill, of the first two orders: indices, lots, and that the buyer is maker. */
    private static String hexOfLots(int lots) {
        return "00000001%010x01".formatted(lots);
    }

    @Test
    void storeThatFails_getsTheSameBatchAgain_andEveryEventOnce() {
        Trader trader = fixture.trader(0);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            await().atMost(PATIENCE).until(() -> fixture.store.commits() > 0);
            trader.mintAndDeposit(fixture.base, BigInteger.ONE);
            fixture.store.failCommits(Fault.LOST, Fault.APPLIED, Fault.LOST);
            trader.mintAndDeposit(fixture.base, BigInteger.TWO);

            await().atMost(PATIENCE).until(() -> !fixture.store.faultsWait());
            awaitDeposits(trader, 2);

            assertThat(fixture.store.events(ChainEvent.Deposited.class))
                    .filteredOn(deposit -> deposit.account().equals(trader.address()))
                    .extracting(ChainEvent.Deposited::amount)
                    .containsExactly(BigInteger.ONE, BigInteger.TWO);
        }
    }

    @Test
    void storeThatFails_callsAPerson_untilItWorks() {
        Fault[] away = new Fault[4];
        Arrays.fill(away, Fault.LOST);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            fixture.store.failCommits(away);
            adapter.start();

            await().atMost(PATIENCE)
                    .until(() -> fixture.alarms.text(Alarms.STORE_FAILING).isPresent());
            assertThat(adapter.health().isUp()).isFalse();
            assertThat(fixture.alarms.text(Alarms.CHAIN_UNREACHABLE)).isEmpty();

            await().atMost(PATIENCE).until(() -> !fixture.store.faultsWait());
            awaitState(adapter, ChainHealth.State.UP);
            assertThat(fixture.alarms.text(Alarms.STORE_FAILING)).isEmpty();
        }
    }

    @Test
    void storeThatGivesNoNonce_callsAPerson_untilItDoes() {
        ChainAction lock = fundedLock(4, 5);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            fixture.store.failLeases(2);
            adapter.start();
            adapter.submit(lock);

            assertThat(mined(lock).gasUsed()).isPositive();
            assertThat(fixture.alarms.wasRaised(Alarms.STORE_FAILING)).isTrue();
            await().atMost(PATIENCE)
                    .until(() -> fixture.alarms.text(Alarms.STORE_FAILING).isEmpty());
        }
    }

    @Test
    void manyBlocksBehind_areReadInBoundedRanges_withoutGapOrRepetition() {
        Trader trader = fixture.trader(1);
        fixture.rpc("anvil_mine", "0x78");
        trader.mintAndDeposit(fixture.base, BigInteger.ONE);
        fixture.rpc("anvil_mine", "0x78");
        trader.mintAndDeposit(fixture.base, BigInteger.TWO);
        try (FaultProxy proxy = new FaultProxy(fixture.chain.rpcUrl());
                EvmChainAdapter adapter = fixture.adapter(fixture.profile(proxy.url(), 1))) {
            adapter.start();

            awaitDeposits(trader, 2);

            assertThat(proxy.asked("eth_getLogs")).isGreaterThanOrEqualTo(240 / 50);
            assertThat(fixture.store.events(ChainEvent.Deposited.class))
                    .extracting(deposit -> deposit.at().height())
                    .isSorted();
        }
    }

    @Test
    void signerThatRefuses_failsTheAction_andGivesTheNonceBack() {
        ChainAction lock = fundedLock(2, 3);
        SigningPolicy stingy = new SigningPolicy(fixture.vault, Wei.of(1), 5_000_000);
        try (EvmChainAdapter adapter = new EvmChainAdapter(
                fixture.profile(fixture.chain.rpcUrl(), 1), new LocalSigner(stingy, fixture.operator()), ports())) {
            adapter.start();
            adapter.submit(lock);

            await().atMost(PATIENCE).until(() -> fixture.store.end(lock.id()).isPresent());

            assertThat(fixture.store.events(ChainEvent.ActionFailed.class))
                    .singleElement()
                    .satisfies(failed -> {
                        assertThat(failed.reason()).contains("evm-fee-cap");
                        assertThat(failed.retryable()).isFalse();
                    });
            assertThat(fixture.store.nonces()).isEmpty();
        }
    }

    @Test
    void wrongChainId_isSaid_andNothingIsProcessed() {
        VaultDomain elsewhere = new VaultDomain(ChainId.eip155(1), fixture.vault.vault());
        try (EvmChainAdapter adapter = adapterFor(elsewhere)) {
            adapter.start();

            awaitDown(adapter, "is chain eip155:31337, not eip155:1");
            assertThat(fixture.alarms.text(Alarms.CHAIN_UNREACHABLE)).isPresent();
            assertThat(fixture.store.commits()).isZero();
        }
    }

    @Test
    void vaultWithoutCode_isSaid_andNothingIsProcessed() {
        EvmAddress nothing = EvmAddress.of("0x00000000000000000000000000000000000000ee");
        try (EvmChainAdapter adapter = adapterFor(new VaultDomain(fixture.vault.chain(), nothing))) {
            adapter.start();

            awaitDown(adapter, "no contract at the vault's address");
            assertThat(fixture.store.commits()).isZero();
            ChainAction forAnotherVault = fixture.lock(fixture.fill(fixture.trader(2), fixture.trader(3)));
            assertThatIllegalArgumentException().isThrownBy(() -> adapter.submit(forAnotherVault));
        }
    }

    @Test
    void vaultOfAnotherOperator_isSaid_andNothingIsProcessed() {
        UnlockedKey stranger = ChainFixture.key(DevAccount.all().get(9));
        SigningPolicy policy = new SigningPolicy(fixture.vault, Wei.ofGwei(1_000), 5_000_000);
        try (EvmChainAdapter adapter = new EvmChainAdapter(
                fixture.profile(fixture.chain.rpcUrl(), 1), new LocalSigner(policy, stranger), ports())) {
            adapter.start();

            awaitDown(
                    adapter,
                    "obeys " + fixture.operator().address() + ", but this node's key is " + stranger.address());
            assertThat(fixture.store.commits()).isZero();
        }
    }

    @Test
    void anotherContractAtTheVaultsAddress_isSaid_andNothingIsProcessed() {
        EvmAddress token = EvmAddress.of(fixture.deployment.token("QUSD").address());
        try (EvmChainAdapter adapter = adapterFor(new VaultDomain(fixture.vault.chain(), token))) {
            adapter.start();

            awaitDown(adapter, "another contract than an escrow vault");
            assertThat(fixture.store.commits()).isZero();
        }
    }

    private EvmChainAdapter adapterFor(VaultDomain vault) {
        EvmProfile right = fixture.profile(fixture.chain.rpcUrl(), 1);
        EvmProfile wrong = new EvmProfile(
                vault.chain(), right.rpcUrl(), vault, 1, right.pollInterval(), right.startBlock(), right.tuning());
        SigningPolicy policy = new SigningPolicy(vault, Wei.ofGwei(1_000), 5_000_000);
        return new EvmChainAdapter(wrong, new LocalSigner(policy, fixture.operator()), ports());
    }

    private ChainPorts ports() {
        return new ChainPorts(fixture.store, fixture.store, fixture.alarms, Clock.systemUTC());
    }

    private ChainAction fundedLock(int buyerAccount, int sellerAccount) {
        Trader buyer = fixture.trader(buyerAccount);
        Trader seller = fixture.trader(sellerAccount);
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        return fixture.lock(fixture.fill(buyer, seller));
    }

    private ActionState.Signed signed(ChainAction action) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> fixture.store.state(action.id()) instanceof ActionState.Signed);
        return (ActionState.Signed) fixture.store.state(action.id());
    }

    private ChainEvent.ActionMined mined(ChainAction action) {
        await().atMost(PATIENCE).until(() -> fixture.store.end(action.id()).isPresent());
        ChainEvent end = fixture.store.end(action.id()).orElseThrow();
        assertThat(end).isInstanceOf(ChainEvent.ActionMined.class);
        return (ChainEvent.ActionMined) end;
    }

    private ChainEvent.ActionFailed failed(ChainAction action) {
        await().atMost(PATIENCE).until(() -> fixture.store.end(action.id()).isPresent());
        ChainEvent end = fixture.store.end(action.id()).orElseThrow();
        assertThat(end).isInstanceOf(ChainEvent.ActionFailed.class);
        return (ChainEvent.ActionFailed) end;
    }

    private static String nothing(String answer) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":null}".formatted(FaultProxy.id(answer));
    }

    private static String pruned(String answer) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32000,\"message\":\"missing trie node\"}}"
                .formatted(FaultProxy.id(answer));
    }

    /** So many blocks after the head: the final height alone may still be catching up. */
    private static void awaitFinalBlocks(EvmChainAdapter adapter, int count) {
        long from = adapter.health().view().orElseThrow().head().value();
        await().atMost(PATIENCE).until(() -> adapter.finalHeight().value() >= from + count);
    }

    private void awaitDeposits(Trader trader, int count) {
        await().atMost(PATIENCE)
                .until(() -> fixture.store.events(ChainEvent.Deposited.class).stream()
                                .filter(deposit -> deposit.account().equals(trader.address()))
                                .count()
                        == count);
    }

    private static void awaitState(EvmChainAdapter adapter, ChainHealth.State state) {
        await().atMost(PATIENCE).until(() -> adapter.health().state() == state);
    }

    private static void awaitDown(EvmChainAdapter adapter, String text) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(adapter.health().state()).isEqualTo(ChainHealth.State.DOWN);
            assertThat(adapter.health().text()).contains(text);
        });
    }
}
