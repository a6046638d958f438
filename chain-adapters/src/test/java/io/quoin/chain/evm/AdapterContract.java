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
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SignedOrder;
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
    private static final int WALLET = 3;
    private static final int SHORT = 5;

    /** What the code of an account begins with that runs another's. */
    private static final String DELEGATED = "0xef0100";

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

            BatchFill fill = fixture.fill(buyer, seller);
            ChainEvent.ActionMined locked = mined(adapter, fixture.lock(fill));
            ChainEvent.Locked batch = assertThatLockedIs(fill, locked);
            ChainEvent.ActionMined released = mined(adapter, fixture.release(batch));

            assertThat(locked.gasUsed()).isBetween(50_000L, 500_000L);
            assertThat(locked.effectiveGasPrice().value()).isPositive();
            assertThat(released.at().height()).isGreaterThan(locked.at().height());
            assertThat(fixture.store.events(ChainEvent.Released.class))
                    .filteredOn(event -> event.seq() == batch.seq())
                    .singleElement()
                    .satisfies(event -> assertThat(event.marketId()).isEqualTo(fixture.lots.id()));
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

            assertThat(failed.reason()).isEqualTo("EmptyBatch()");
            assertThat(failed.txHash()).isEmpty();
            assertThat(failed.retryable()).isFalse();
            assertThat(fixture.store.nonces()).isEmpty();
            adapter.submit(lock);
            assertThat(fixture.store.events(ChainEvent.ActionFailed.class)).hasSize(1);
        }
    }

    @Test
    @DisplayName("a fill whose trader is short is left out and said so; the others of its batch lock")
    void lock_ofTwoFills_whenOneBuyerIsShort_skipsThatOne() {
        Trader buyer = fixture.trader(6);
        Trader seller = fixture.trader(7);
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE.shiftLeft(1));
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            BatchFill shortOne = fixture.fill(fixture.trader(4), seller);
            BatchFill good = fixture.fill(buyer, seller);

            ChainEvent.ActionMined mined = mined(adapter, fixture.lock(shortOne, good));

            assertThat(locked(mined)).singleElement().satisfies(locked -> {
                assertThat(locked.index()).isEqualTo(1);
                assertThat(locked.buyOrder()).isEqualTo(id(good.buy()));
            });
            assertThat(fixture.store.events(ChainEvent.FillSkipped.class))
                    .filteredOn(event -> event.at().txHash().equals(mined.at().txHash()))
                    .singleElement()
                    .satisfies(skipped -> {
                        assertThat(skipped.index()).isZero();
                        assertThat(skipped.seq())
                                .isEqualTo(locked(mined).getFirst().seq());
                        assertThat(skipped.buyOrder()).isEqualTo(id(shortOne.buy()));
                        assertThat(skipped.sellOrder()).isEqualTo(id(shortOne.sell()));
                        assertThat(skipped.reason()).isEqualTo(SHORT);
                    });
        }
    }

    @Test
    @DisplayName("a batch locked in a lower cell stays out of its traders' lanes, and is read all the same")
    void lock_inALowerCell_isReadFromTheTransaction() {
        Trader buyer = fixture.trader(6);
        Trader seller = fixture.trader(7);
        buyer.mintAndDeposit(fixture.quote, PRICE.shiftLeft(1));
        seller.mintAndDeposit(fixture.base, ONE_BASE.shiftLeft(1));
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            mined(adapter, fixture.lockIn(63, fixture.fill(buyer, seller)));

            BatchFill lower = fixture.fill(buyer, seller);
            ChainEvent.ActionMined mined = mined(adapter, fixture.lockIn(62, lower));

            assertThatLockedIs(lower, mined);
        }
    }

    @Test
    @DisplayName("R2 from the deadline on both legs go back, and release is refused")
    void refund_fromTheDeadlineOn_givesBothLegsBack() {
        Trader buyer = fixture.refundableAfter(2).newTrader();
        Trader seller = fixture.refundableAfter(2).newTrader();
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            BigInteger before = seller.vaultBalance(fixture.base);
            ChainEvent.ActionMined mined =
                    mined(adapter, fixture.refundableAfter(2).lock(fixture.fill(buyer, seller)));
            ChainEvent.Locked locked = locked(mined).getFirst();
            assertThat(seller.vaultBalance(fixture.base)).isEqualTo(before.subtract(ONE_BASE));
            await().atMost(PATIENCE)
                    .until(() ->
                            adapter.health().view().orElseThrow().chainTime().getEpochSecond()
                                    >= locked.deadlineSeconds());

            ChainEvent.ActionFailed release = failed(adapter, fixture.release(locked));
            mined(adapter, fixture.refund(locked));

            assertThat(release.reason()).startsWith("ReleaseAfterDeadline(" + locked.deadlineSeconds());
            assertThat(fixture.store.events(ChainEvent.Refunded.class))
                    .extracting(ChainEvent.Refunded::seq)
                    .contains(locked.seq());
            assertThat(seller.vaultBalance(fixture.base)).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("R8 a withdrawal that the operator co-signs is paid at once")
    void withdraw_coSigned_isPaid() {
        Trader trader = fixture.trader(5);
        trader.mintAndDeposit(fixture.quote, BigInteger.valueOf(11));
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();

            trader.withdraw(fixture.quote, BigInteger.valueOf(4), BigInteger.valueOf(1_000_000_000L));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fixture.store.events(ChainEvent.Withdrawn.class))
                            .filteredOn(event -> event.account().equals(trader.address()))
                            .extracting(ChainEvent.Withdrawn::amount)
                            .containsExactly(BigInteger.valueOf(4)));
            assertThat(trader.vaultBalance(fixture.quote)).isEqualTo(BigInteger.valueOf(7));
        }
    }

    @Test
    @DisplayName("A8 an account that delegated its code (EIP-7702) deposits, trades by its key and withdraws like any")
    void delegatedAccount_withCodeThatKnowsNoSignatures_tradesByItsKey() {
        Trader buyer = fixture.newTrader();
        Trader seller = fixture.newTrader();
        EvmAddress lens = EvmAddress.of(fixture.deployment.lens());
        seller.delegateTo(lens);
        assertThat(seller.code()).isEqualTo(DELEGATED + lens.hex().substring(2));
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            BatchFill fill = fixture.fill(buyer, seller);

            ChainEvent.Locked batch = assertThatLockedIs(fill, mined(adapter, fixture.lock(fill)));
            mined(adapter, fixture.release(batch));

            assertThat(seller.vaultBalance(fixture.quote)).isEqualTo(PRICE);
            seller.gather(OrderSide.SELL);
            seller.withdraw(fixture.quote, PRICE, BigInteger.valueOf(1_000_000_000L));
            await().atMost(PATIENCE)
                    .until(() -> seller.vaultBalance(fixture.quote).signum() == 0);
            assertThat(seller.tokens(fixture.quote)).isEqualTo(PRICE);
        }
    }

    @Test
    @DisplayName("A8 the code that an account delegated to answers for orders that name it as their wallet (EIP-1271)")
    void delegatedAccount_withWalletCode_tradesByItsCodesWord() {
        Trader buyer = fixture.newTrader();
        Trader seller = fixture.newTrader();
        seller.delegateTo(buyer.makeWalletCode());
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE.shiftLeft(1));
        try (EvmChainAdapter adapter = fixture.adapter()) {
            adapter.start();
            BatchFill approved = fixture.walletFill(buyer, seller);
            BatchFill refused = fixture.walletFill(buyer, seller);
            seller.approveAsWallet(approved.sell());

            ChainEvent.ActionMined mined = mined(adapter, fixture.lock(refused, approved));

            assertThat(locked(mined)).singleElement().satisfies(locked -> {
                assertThat(locked.index()).isEqualTo(1);
                assertThat(locked.seller()).isEqualTo(seller.address());
            });
            assertThat(fixture.store.events(ChainEvent.FillSkipped.class))
                    .filteredOn(event -> event.at().txHash().equals(mined.at().txHash()))
                    .extracting(ChainEvent.FillSkipped::reason)
                    .containsExactly(WALLET);
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

    private ChainEvent.Locked assertThatLockedIs(BatchFill fill, ChainEvent.ActionMined mined) {
        ChainEvent.Locked locked = locked(mined).getFirst();
        assertThat(locked.index()).isZero();
        assertThat(locked.marketId()).isEqualTo(fixture.lots.id());
        assertThat(locked.seal().seq()).isEqualTo(locked.seq());
        assertThat(locked.seal().operator()).isEqualTo(fixture.operator().address());
        assertThat(locked.deadlineSeconds()).isEqualTo(locked.seal().deadlineSeconds());
        assertThat(locked.buyer()).isEqualTo(fill.buy().terms().trader());
        assertThat(locked.seller()).isEqualTo(fill.sell().terms().trader());
        assertThat(locked.buyOrder()).isEqualTo(id(fill.buy()));
        assertThat(locked.sellOrder()).isEqualTo(id(fill.sell()));
        assertThat(locked.base()).isEqualTo(fixture.base);
        assertThat(locked.quote()).isEqualTo(fixture.quote);
        assertThat(locked.baseAmount()).isEqualTo(ONE_BASE);
        assertThat(locked.payAmount()).isEqualTo(PRICE);
        assertThat(locked.getAmount()).isEqualTo(PRICE);
        List<ChainEvent> events = fixture.store.events();
        assertThat(events.indexOf(locked)).isLessThan(events.indexOf(mined));
        return locked;
    }

    private List<ChainEvent.Locked> locked(ChainEvent.ActionMined mined) {
        return fixture.store.events(ChainEvent.Locked.class).stream()
                .filter(event -> event.at().txHash().equals(mined.at().txHash()))
                .toList();
    }

    private Bytes32 id(SignedOrder order) {
        return OrderTyping.orderDigest(fixture.vault, order.terms());
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
