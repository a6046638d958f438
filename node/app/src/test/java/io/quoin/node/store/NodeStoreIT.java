package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;
import static io.quoin.node.store.generated.Tables.COMMAND_LOG;
import static io.quoin.node.store.generated.Tables.LEDGER_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.EventPosition;
import io.quoin.chain.PendingAction;
import io.quoin.matching.Balance;
import io.quoin.node.SampleDeployment;
import io.quoin.node.Samples;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.market.Asset;
import io.quoin.node.market.DeploymentFile;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.query.Queries;
import io.quoin.node.query.Views.EscrowView;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.sequencer.CancelOutcome;
import io.quoin.node.sequencer.PlaceOutcome;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.sequencer.TestTraders;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.settlement.RequestedAction;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.terms.OrderSide;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The sequencer, the ledger and the escrows on a real PostgreSQL. The chain's batches are made here, to bring about
 * orders of events that a real chain does not produce on demand.
 */
@ExtendWith(PostgresExtension.class)
class NodeStoreIT {
    private static final EvmAddress OPERATOR = Samples.address(0x0b);
    private static final BigInteger BASE_UNITS = BigInteger.TEN.pow(19);
    private static final BigInteger QUOTE_UNITS = BigInteger.valueOf(50_000_000_000L);

    private Database database;
    private Markets markets;
    private Market market;
    private Sequencer sequencer;
    private PostgresCursorStore cursors;
    private PostgresNonceStore nonces;
    private Queries queries;
    private long height;

    @BeforeEach
    void start(Database database) {
        this.database = database;
        markets = MarketStore.register(database, SampleDeployment.FILE);
        market = markets.all().getFirst();
        sequencer = newSequencer();
        cursors = new PostgresCursorStore(database, markets, Clock.systemUTC(), () -> sequencer.wake());
        nonces = new PostgresNonceStore(database, markets, Clock.systemUTC());
        queries = new Queries(database, markets);
        deposit(TestTraders.ALICE, market.base(), BASE_UNITS);
        deposit(TestTraders.BOB, market.quote(), QUOTE_UNITS);
    }

    @AfterEach
    void stop() {
        sequencer.close();
    }

    @Test
    void aDepositThatComesTwice_isBookedOnce() {
        ChainBatch batch = batch(deposited(TestTraders.ALICE, market.base(), BigInteger.TWO));
        cursors.commit(batch);
        cursors.commit(batch);

        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isEqualTo(BASE_UNITS.add(BigInteger.TWO));
    }

    @Test
    void dust_staysInTheLedgerUntilItMakesAnEngineUnit() {
        BigInteger half = market.base().engineUnit().divide(BigInteger.TWO);
        long before = available(TestTraders.ALICE, market.base());
        cursors.commit(batch(deposited(TestTraders.ALICE, market.base(), half)));
        assertThat(available(TestTraders.ALICE, market.base())).isEqualTo(before);

        cursors.commit(batch(deposited(TestTraders.ALICE, market.base(), half)));

        awaitAvailable(TestTraders.ALICE, market.base(), before + 1);
    }

    @Test
    void aTokenThatIsNotServed_isIgnored() {
        EventPosition at = position();
        cursors.commit(batch(
                new ChainEvent.Deposited(at, TestTraders.ALICE.address(), Samples.address(0xdead), BigInteger.TEN)));

        assertThat(count(LEDGER_ENTRY)).isEqualTo(2);
    }

    @Test
    void aTrade_isLockedReleasedAndSettled_inBookInEscrowAndInLedger() throws Exception {
        RequestedAction lock = trade("2");
        EscrowView matched = escrow(lock);
        assertThat(matched.state()).isEqualTo("MATCHED");
        accept(lock);
        assertThat(escrow(lock).state()).isEqualTo("LOCKING");

        lock(lock);
        assertThat(escrow(lock).state()).isEqualTo("LOCKED");
        assertThat(ledger(TestTraders.ALICE, LedgerBook.LOCKED, market.base())).isEqualTo(market.quantity(2_000));
        RequestedAction release = requested();
        accept(release);
        cursors.commit(batch(new ChainEvent.Released(position(), escrowId(lock))));

        assertThat(escrow(lock).state()).isEqualTo("SETTLED");
        assertThat(ledger(TestTraders.BOB, LedgerBook.AVAILABLE, market.base())).isEqualTo(market.quantity(2_000));
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.quote()))
                .isEqualTo(market.cost(200_000, 2_000));
        awaitAvailable(TestTraders.BOB, market.base(), 2_000_000_000L);
        assertThat(balance(TestTraders.ALICE, market.base()).settling()).isZero();
    }

    @Test
    void aLockThatFails_givesBothReservesBack() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        cursors.commit(batch(
                new ChainEvent.ActionFailed(lock.action().id(), Optional.empty(), "InsufficientBalance(...)", false)));

        assertThat(escrow(lock).state()).isEqualTo("FAILED");
        assertThat(escrow(lock).failure()).contains("InsufficientBalance(...)");
        awaitAvailable(TestTraders.BOB, market.quote(), QUOTE_UNITS.longValueExact());
    }

    @Test
    void aDeadlineThatPasses_leadsToARefund_andAStrangersRefundEndsItToo() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        lock(lock);
        accept(requested());
        cursors.commit(new ChainBatch(cursor(Instant.ofEpochSecond(3_000_000_000L)), List.of()));

        assertThat(escrow(lock).state()).isEqualTo("REFUNDING");
        cursors.commit(batch(new ChainEvent.Refunded(position(), escrowId(lock))));
        assertThat(escrow(lock).state()).isEqualTo("REFUNDED");
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isEqualTo(BASE_UNITS);
        awaitAvailable(TestTraders.BOB, market.quote(), QUOTE_UNITS.longValueExact());
    }

    @Test
    void aReleaseThatFails_isAskedForAgain_afterAWhile() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        lock(lock);
        RequestedAction release = requested();
        accept(release);
        cursors.commit(
                batch(new ChainEvent.ActionFailed(release.action().id(), Optional.of(hash(5)), "reverted", true)));

        assertThat(escrow(lock).state()).isEqualTo("LOCKED");
        assertThat(requestedAt(Clock.systemUTC())).isEmpty();
        RequestedAction again = requestedAt(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20)))
                .getFirst();
        assertThat(again.kind()).isEqualTo(ActionKind.RELEASE);
        assertThat(again.action().id()).isNotEqualTo(release.action().id());
        accept(again);
        cursors.commit(batch(new ChainEvent.Released(position(), escrowId(lock))));
        assertThat(escrow(lock).state()).isEqualTo("SETTLED");
    }

    @Test
    void anOrderThatExpiresBeforeItsLockIsSent_endsTheEscrow() throws Exception {
        RequestedAction lock = trade("2");
        cursors.commit(new ChainBatch(cursor(Instant.ofEpochSecond(4_000_000_001L)), List.of()));

        assertThat(escrow(lock).state()).isEqualTo("FAILED");
        PendingAction late = nonces.accept(SampleDeployment.CHAIN, OPERATOR, lock.action());
        assertThat(late.state()).isInstanceOf(io.quoin.chain.ActionState.Finished.class);
    }

    @Test
    void anEscrowThatIsNotOurs_isBookedAllTheSame() {
        Bytes32 foreign = hash(77);
        cursors.commit(batch(locked(foreign, BigInteger.TEN.pow(18), BigInteger.valueOf(2_000_000_000L))));
        awaitAvailable(TestTraders.ALICE, market.base(), 9_000_000_000L);

        cursors.commit(batch(new ChainEvent.Released(position(), foreign)));

        awaitAvailable(TestTraders.BOB, market.base(), 1_000_000_000L);
        assertThat(ledger(TestTraders.BOB, LedgerBook.AVAILABLE, market.base())).isEqualTo(BigInteger.TEN.pow(18));
    }

    @Test
    void aWithdrawal_cancelsTheOrdersThatItLeavesUncovered() throws Exception {
        SubmittedOrder order = TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "10", 1);
        assertThat(place(order)).isInstanceOf(PlaceOutcome.Accepted.class);
        cursors.commit(batch(new ChainEvent.Withdrawn(
                position(), TestTraders.ALICE.address(), market.base().token(), BASE_UNITS)));

        Awaitility.await().untilAsserted(() -> {
            var view = queries.order(order.id()).orElseThrow();
            assertThat(view.status()).isEqualTo("CANCELLED");
            assertThat(view.reason()).contains("BALANCE_WITHDRAWN");
        });
    }

    @Test
    void theSameOrder_isPlacedOnce_andItsNonceTakesNoOther() throws Exception {
        SubmittedOrder order = TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "1", 1);
        assertThat(place(order)).isEqualTo(new PlaceOutcome.Accepted(order.id()));
        int logged = count(COMMAND_LOG);

        assertThat(place(order)).isEqualTo(new PlaceOutcome.AlreadyAccepted(order.id()));
        assertRefused(place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "2", 1)), RefusalCode.NONCE_REUSED);
        assertThat(count(COMMAND_LOG)).isEqualTo(logged);
    }

    @Test
    void anOrderBeyondTheDeposit_isRefusedWithTheAmounts_andNothingIsLogged() throws Exception {
        int logged = count(COMMAND_LOG);
        PlaceOutcome outcome = place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "10.001", 1));

        assertRefused(outcome, RefusalCode.INSUFFICIENT_BALANCE);
        assertThat(((PlaceOutcome.Refused) outcome).refusal().message())
                .contains("10.001 QBASE")
                .contains("10 QBASE");
        assertThat(count(COMMAND_LOG)).isEqualTo(logged);
    }

    @Test
    void aSecondCancel_isRefused() throws Exception {
        SubmittedOrder order = TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "1", 1);
        place(order);

        assertThat(sequencer.cancel(order.id()).get(10, TimeUnit.SECONDS)).isInstanceOf(CancelOutcome.Cancelled.class);
        assertThat(sequencer.cancel(order.id()).get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        CancelOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.ORDER_CLOSED));
        assertThat(available(TestTraders.ALICE, market.base())).isEqualTo(10_000_000_000L);
    }

    @Test
    void aRestart_findsTheSameEngine_theSameOrdersAndTheSameNonces() throws Exception {
        trade("2");
        SubmittedOrder open = TestTraders.ALICE.order(market, OrderSide.SELL, "2100", "1", 9);
        place(open);
        long hash = sequencer.query(view -> view.engine().stateHash()).get(10, TimeUnit.SECONDS);
        sequencer.close();

        sequencer = newSequencer();

        assertThat(sequencer.query(view -> view.engine().stateHash()).get(10, TimeUnit.SECONDS))
                .isEqualTo(hash);
        assertThat(place(open)).isEqualTo(new PlaceOutcome.AlreadyAccepted(open.id()));
        assertThat(sequencer.cancel(open.id()).get(10, TimeUnit.SECONDS)).isInstanceOf(CancelOutcome.Cancelled.class);
    }

    @Test
    void nonces_areContiguous_unique_andGivenBackWhenNothingWasSigned() throws Exception {
        RequestedAction first = trade("1");
        accept(first);
        assertThat(lease(first, 5)).isEqualTo(new EvmNonce(5));
        assertThat(lease(first, 5)).isEqualTo(new EvmNonce(5));
        cursors.commit(batch(new ChainEvent.ActionFailed(first.action().id(), Optional.empty(), "refused", false)));

        RequestedAction second = trade("1", 20);
        accept(second);
        assertThat(lease(second, 5)).isEqualTo(new EvmNonce(5));
        nonces.signed(second.action().id(), new EvmNonce(5), hash(1), Hex.of(new byte[] {1}));
        assertThatThrownBy(() -> nonces.signed(second.action().id(), new EvmNonce(5), hash(2), Hex.of(new byte[] {2})))
                .isInstanceOf(IllegalStateException.class);
        RequestedAction third = trade("1", 30);
        accept(third);
        assertThat(lease(third, 5)).isEqualTo(new EvmNonce(6));
        assertThat(nonces.unfinished(SampleDeployment.CHAIN, OPERATOR))
                .extracting(pending -> pending.action().id())
                .containsExactly(second.action().id(), third.action().id());
    }

    @Test
    void aDatabaseOfAnotherVault_isRefused() {
        DeploymentFile other = new DeploymentFile(
                SampleDeployment.FILE.chain(),
                Samples.address(0xee).hex(),
                0,
                2,
                SampleDeployment.FILE.assets(),
                SampleDeployment.FILE.markets());

        assertThatThrownBy(() -> MarketStore.register(database, other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to the vault " + Samples.VAULT.vault());
    }

    private Sequencer newSequencer() {
        Sequencer fresh = Sequencer.start(new PostgresSequencerStore(database, markets), Clock.systemUTC());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(fresh::ready);
        return fresh;
    }

    private RequestedAction trade(String quantity) throws Exception {
        return trade(quantity, 1);
    }

    private RequestedAction trade(String quantity, long nonce) throws Exception {
        assertThat(place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", quantity, nonce)))
                .isInstanceOf(PlaceOutcome.Accepted.class);
        assertThat(place(TestTraders.BOB.order(market, OrderSide.BUY, "2000", quantity, nonce)))
                .isInstanceOf(PlaceOutcome.Accepted.class);
        return requested();
    }

    private RequestedAction requested() {
        return requestedAt(Clock.systemUTC()).getFirst();
    }

    private List<RequestedAction> requestedAt(Clock clock) {
        return new ActionStore(database, markets, clock).oldest(SampleDeployment.CHAIN, 10);
    }

    private void accept(RequestedAction action) {
        nonces.accept(SampleDeployment.CHAIN, OPERATOR, action.action());
    }

    private EvmNonce lease(RequestedAction action, long next) {
        return nonces.lease(action.action().id(), SampleDeployment.CHAIN, OPERATOR, new EvmNonce(next));
    }

    private void lock(RequestedAction action) {
        EscrowView view = escrow(action);
        assertThat(view.legs()).hasSize(2);
        cursors.commit(batch(locked(escrowId(action), market.quantity(2_000), market.cost(200_000, 2_000))));
    }

    private ChainEvent.Locked locked(Bytes32 escrow, BigInteger base, BigInteger quote) {
        return new ChainEvent.Locked(
                position(),
                escrow,
                TestTraders.BOB.address(),
                TestTraders.ALICE.address(),
                hash(11),
                hash(12),
                market.base().token(),
                market.quote().token(),
                base,
                quote,
                2_900_000_000L);
    }

    private Bytes32 escrowId(RequestedAction action) {
        return database.in(tx -> new Bytes32(Objects.requireNonNull(tx.select(CHAIN_ACTION.ESCROW_ID)
                .from(CHAIN_ACTION)
                .where(CHAIN_ACTION.ID.eq(action.action().id().value().hex()))
                .fetchSingle(CHAIN_ACTION.ESCROW_ID))));
    }

    private EscrowView escrow(RequestedAction action) {
        return queries.escrow(escrowId(action)).orElseThrow();
    }

    private PlaceOutcome place(SubmittedOrder order) throws Exception {
        return sequencer.place(order).get(10, TimeUnit.SECONDS);
    }

    private static void assertRefused(PlaceOutcome outcome, RefusalCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PlaceOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    private void deposit(TestTraders trader, Asset asset, BigInteger amount) {
        cursors.commit(batch(deposited(trader, asset, amount)));
        awaitAvailable(trader, asset, asset.engineUnits(amount).longValueExact());
    }

    private ChainEvent.Deposited deposited(TestTraders trader, Asset asset, BigInteger amount) {
        return new ChainEvent.Deposited(position(), trader.address(), asset.token(), amount);
    }

    private void awaitAvailable(TestTraders trader, Asset asset, long engineUnits) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(available(trader, asset)).isEqualTo(engineUnits));
    }

    private long available(TestTraders trader, Asset asset) {
        return balance(trader, asset).available();
    }

    private Balance balance(TestTraders trader, Asset asset) {
        var account =
                database.in(tx -> Accounts.number(tx, new ChainAccount(SampleDeployment.CHAIN, trader.address())));
        return sequencer
                .query(view -> view.engine().balance(account, asset.id()))
                .join();
    }

    private BigInteger ledger(TestTraders trader, LedgerBook book, Asset asset) {
        return queries.ledger(new ChainAccount(SampleDeployment.CHAIN, trader.address()))
                .orElseThrow()
                .amount(book, asset);
    }

    private int count(org.jooq.Table<?> table) {
        return database.in(tx -> tx.fetchCount(table));
    }

    private EventPosition position() {
        height++;
        return new EventPosition(new BlockHeight(height), hash(1_000 + height), hash(2_000 + height), 0);
    }

    private ChainBatch batch(ChainEvent... events) {
        return new ChainBatch(cursor(Instant.ofEpochSecond(1_800_000_000L)), List.of(events));
    }

    private ChainCursor cursor(Instant time) {
        return new ChainCursor(SampleDeployment.CHAIN, new BlockHeight(height), hash(1_000 + height), time);
    }

    private static Bytes32 hash(long value) {
        return new Bytes32("0x" + "%064x".formatted(value));
    }
}
