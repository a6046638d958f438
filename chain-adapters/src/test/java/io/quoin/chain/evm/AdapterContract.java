package io.quoin.chain.evm;

import static io.quoin.chain.evm.ChainFixture.ONE_BASE;
import static io.quoin.chain.evm.ChainFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.quoin.chain.ActionId;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.ChainHealth;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.terms.EscrowFill;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the adapter does on every engine. */
@Timeout(120)
abstract class AdapterContract {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ChainFixture fixture;

    AdapterContract(LocalChain chain, Deployment deployment) {
        this.fixture = new ChainFixture(chain, deployment);
    }

    @Test
    @DisplayName("R14 two traders' signed orders lock and release through the adapter")
    void lockAndRelease_afterDeposits_moveBothLegs() {
        Trader buyer = fixture.trader(2);
        Trader seller = fixture.trader(3);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            buyer.mintAndDeposit(fixture.quote, PRICE);
            seller.mintAndDeposit(fixture.base, ONE_BASE);
            await().atMost(PATIENCE)
                    .until(() -> deposits(buyer).size() + deposits(seller).size() == 2);
            assertThat(deposits(buyer).getFirst().amount()).isEqualTo(PRICE);
            assertThat(deposits(buyer).getFirst().token()).isEqualTo(fixture.quote);

            EscrowFill fill = fixture.fill(buyer, seller);
            ChainEvent.ActionMined locked = mined(adapter, fixture.lock(fill));
            ChainEvent.ActionMined released = mined(adapter, fixture.release(fill));

            assertThat(locked.gasUsed()).isBetween(50_000L, 500_000L);
            assertThat(locked.effectiveGasPrice().value()).isPositive();
            assertThat(released.at().height()).isGreaterThan(locked.at().height());
            assertThatLockedIs(fill, locked);
            assertThat(fixture.store.events(ChainEvent.Released.class))
                    .extracting(ChainEvent.Released::escrowId)
                    .containsOnlyOnce(fill.escrowId());
            assertThat(buyer.vaultBalance(fixture.base)).isEqualTo(ONE_BASE);
            assertThat(seller.vaultBalance(fixture.quote)).isEqualTo(PRICE);
            assertThat(adapter.health().state()).isEqualTo(ChainHealth.State.UP);
            assertThat(adapter.finalHeight())
                    .isGreaterThanOrEqualTo(released.at().height());
            assertThat(adapter.feeQuote().maxFeePerGas())
                    .isGreaterThan(adapter.feeQuote().maxPriorityFeePerGas());
        }
    }

    @Test
    void lock_whenTheBuyerHasNothing_failsWithTheVaultsOwnError_andSpendsNoNonce() {
        Trader buyer = fixture.trader(4);
        Trader seller = fixture.trader(5);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            ChainAction lock = fixture.lock(fixture.fill(buyer, seller));

            ChainEvent.ActionFailed failed = failed(adapter, lock);

            assertThat(failed.reason())
                    .isEqualTo("InsufficientBalance(%s, %s, 0, %s)".formatted(buyer.address(), fixture.quote, PRICE));
            assertThat(failed.txHash()).isEmpty();
            assertThat(failed.retryable()).isFalse();
            assertThat(fixture.store.nonces()).isEmpty();
            adapter.submit(lock);
            assertThat(fixture.store.events(ChainEvent.ActionFailed.class)).hasSize(1);
        }
    }

    @Test
    @DisplayName("submitting an id again sends nothing again; actions in flight take consecutive nonces")
    void submit_manyAtOnceAndTwice_sendsEachOnce() {
        Trader buyer = fixture.trader(6);
        Trader seller = fixture.trader(7);
        BigInteger count = BigInteger.valueOf(5);
        buyer.mintAndDeposit(fixture.quote, PRICE.multiply(count));
        seller.mintAndDeposit(fixture.base, ONE_BASE.multiply(count));
        List<ChainAction> locks = Stream.generate(() -> fixture.lock(fixture.fill(buyer, seller)))
                .limit(5)
                .toList();
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();

            locks.forEach(adapter::submit);
            locks.forEach(adapter::submit);
            assertBytesAreKnown(locks.getLast());
            locks.forEach(lock -> end(lock.id()));
            assertBytesAreKnown(locks.getFirst());
            locks.forEach(adapter::submit);

            assertThat(fixture.store.events(ChainEvent.ActionMined.class)).hasSize(5);
            assertThat(fixture.store.nonces()).hasSize(5);
            long first = fixture.store.nonces().iterator().next().value();
            assertThat(fixture.store.nonces())
                    .extracting(nonce -> nonce.value() - first)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 5).mapToObj(i -> (long) i).toList());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> adapter.submit(new ChainAction(
                            locks.getFirst().id(), locks.getLast().intent())));
        }
    }

    @Test
    void restart_continuesBehindTheCursor_noEventTwiceOrLost() {
        Trader trader = fixture.trader(8);
        trader.mintAndDeposit(fixture.quote, BigInteger.ONE);
        try (EvmChainAdapter first = fixture.adapter()) {
            first.start();
            await().atMost(PATIENCE).until(() -> deposits(trader).size() == 1);
        }
        trader.mintAndDeposit(fixture.quote, BigInteger.TWO);
        trader.mintAndDeposit(fixture.base, BigInteger.TEN);

        try (EvmChainAdapter second = fixture.adapter()) {
            second.start();
            await().atMost(PATIENCE).until(() -> deposits(trader).size() == 3);
        }

        assertThat(deposits(trader))
                .extracting(ChainEvent.Deposited::amount)
                .containsExactly(BigInteger.ONE, BigInteger.TWO, BigInteger.TEN);
        assertThat(deposits(trader)).extracting(ChainEvent.Deposited::at).doesNotHaveDuplicates();
    }

    @Test
    void confirmations_delayEventsUntilTheBlockHasThem() {
        Trader trader = fixture.trader(9);
        int confirmations = 4;
        try (EvmChainAdapter adapter = fixture.adapter(fixture.profile(fixture.chain.rpcUrl(), confirmations))) {
            adapter.start();
            trader.mintAndDeposit(fixture.base, BigInteger.ONE);

            await().atMost(PATIENCE).until(() -> deposits(trader).size() == 1);

            long head = adapter.health().view().orElseThrow().head().value();
            long mined = deposits(trader).getFirst().at().height().value();
            assertThat(head - mined + 1).isGreaterThanOrEqualTo(confirmations);
        }
    }

    /** Bytes that the engine has, waiting or mined, are refused in words that the adapter takes for success. */
    private void assertBytesAreKnown(ChainAction action) {
        await().atMost(PATIENCE)
                .until(() -> fixture.store.signedBytes(action.id()).isPresent());
        Hex bytes = fixture.store.signedBytes(action.id()).orElseThrow();
        try (EvmRpc rpc = new EvmRpc(fixture.profile(fixture.chain.rpcUrl(), 1))) {
            Throwable thrown = catchThrowable(() -> {
                Bytes32 first = rpc.send(bytes);
                assertThat(rpc.send(bytes)).isEqualTo(first);
            });
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            RpcErrorException.class,
                            refusal -> assertThat(SendRefusal.of(refusal))
                                    .as(refusal.rpcMessage())
                                    .isIn(SendRefusal.KNOWN, SendRefusal.NONCE_USED));
        }
    }

    private void assertThatLockedIs(EscrowFill fill, ChainEvent.ActionMined mined) {
        ChainEvent.Locked locked = fixture.store.events(ChainEvent.Locked.class).stream()
                .filter(event -> event.escrowId().equals(fill.escrowId()))
                .findFirst()
                .orElseThrow();
        EvmAddress buyer = fill.buy().terms().trader();
        assertThat(locked.buyer()).isEqualTo(buyer);
        assertThat(locked.seller()).isEqualTo(fill.sell().terms().trader());
        assertThat(locked.buyOrder())
                .isEqualTo(OrderTyping.orderDigest(fixture.vault, fill.buy().terms()));
        assertThat(locked.sellOrder())
                .isEqualTo(OrderTyping.orderDigest(fixture.vault, fill.sell().terms()));
        assertThat(locked.baseAmount()).isEqualTo(ONE_BASE);
        assertThat(locked.quoteAmount()).isEqualTo(PRICE);
        assertThat(locked.at().txHash()).isEqualTo(mined.at().txHash());
        List<ChainEvent> events = fixture.store.events();
        assertThat(events.indexOf(locked)).isLessThan(events.indexOf(mined));
    }

    private List<ChainEvent.Deposited> deposits(Trader trader) {
        return fixture.store.events(ChainEvent.Deposited.class).stream()
                .filter(deposit -> deposit.account().equals(trader.address()))
                .toList();
    }

    private ChainEvent.ActionMined mined(EvmChainAdapter adapter, ChainAction action) {
        adapter.submit(action);
        ChainEvent end = end(action.id());
        assertThat(end).isInstanceOf(ChainEvent.ActionMined.class);
        return (ChainEvent.ActionMined) end;
    }

    private ChainEvent.ActionFailed failed(EvmChainAdapter adapter, ChainAction action) {
        adapter.submit(action);
        ChainEvent end = end(action.id());
        assertThat(end).isInstanceOf(ChainEvent.ActionFailed.class);
        return (ChainEvent.ActionFailed) end;
    }

    private ChainEvent end(ActionId id) {
        await().atMost(PATIENCE).until(() -> fixture.store.end(id).isPresent());
        return fixture.store.end(id).orElseThrow();
    }
}
