package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.EventPosition;
import io.quoin.matching.Balance;
import io.quoin.node.SampleDeployment;
import io.quoin.node.Samples;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.ops.Operations;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.query.Queries;
import io.quoin.node.query.Views.EscrowView;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.sequencer.PlaceOutcome;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.sequencer.TestTraders;
import io.quoin.node.settlement.RequestedAction;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultCall;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The sequencer, the ledger and the escrows on a real PostgreSQL. The chain's batches are made here, to bring about
 * orders of events that a real chain does not produce on demand.
 */
@ExtendWith(PostgresExtension.class)
abstract class StoreFixture {
    static final EvmAddress OPERATOR = Samples.address(0x0b);
    static final BigInteger BASE_UNITS = BigInteger.TEN.pow(19);
    static final BigInteger QUOTE_UNITS = BigInteger.valueOf(50_000_000_000L);

    static final long DEADLINE = 2_900_000_000L;

    Database database;
    Markets markets;
    Market market;
    Sequencer sequencer;
    PostgresCursorStore cursors;
    PostgresNonceStore nonces;
    Queries queries;
    long height;

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

    Sequencer newSequencer() {
        Sequencer fresh = Sequencer.start(
                new PostgresSequencerStore(database, markets, Samples.VAULT),
                new Operations(),
                Clock.systemUTC(),
                new SplittableRandom(1));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(fresh::ready);
        return fresh;
    }

    RequestedAction trade(String quantity) throws Exception {
        return trade(quantity, 1);
    }

    RequestedAction trade(String quantity, long nonce) throws Exception {
        assertThat(place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", quantity, nonce)))
                .isInstanceOf(PlaceOutcome.Accepted.class);
        assertThat(place(TestTraders.BOB.order(market, OrderSide.BUY, "2000", quantity, nonce)))
                .isInstanceOf(PlaceOutcome.Accepted.class);
        return requested();
    }

    RequestedAction requested() {
        return requestedAt(Clock.systemUTC()).getFirst();
    }

    List<RequestedAction> requestedAt(Clock clock) {
        return new ActionStore(database, markets, clock).oldest(SampleDeployment.CHAIN, Set.of(), 10);
    }

    void accept(RequestedAction action) {
        nonces.accept(SampleDeployment.CHAIN, OPERATOR, action.action());
    }

    EvmNonce lease(RequestedAction action, long next) {
        return nonces.lease(action.action().id(), SampleDeployment.CHAIN, OPERATOR, new EvmNonce(next));
    }

    /** Says that the vault locked what an action asked for, as a batch of its own. */
    ChainEvent.Locked lock(RequestedAction action) {
        LockBatch sent = batch(action);
        BatchFill fill = sent.fills().getFirst();
        BigInteger lots = fill.lots();
        BigInteger quote = fill.sell()
                .terms()
                .price()
                .multiply(lots)
                .multiply(market.lotSize())
                .divide(market.priceScale());
        ChainEvent.Locked locked = locked(
                64L + sent.cell(),
                OrderTyping.orderDigest(market.vault(), fill.buy().terms()),
                OrderTyping.orderDigest(market.vault(), fill.sell().terms()),
                lots.multiply(market.lotSize()),
                quote);
        cursors.commit(batch(locked));
        return locked;
    }

    static LockBatch batch(RequestedAction lock) {
        return ((VaultCall.Lock) ((EvmEscrowCall) lock.action().intent()).call()).batch();
    }

    ChainEvent.Locked locked(long seq, Bytes32 buyOrder, Bytes32 sellOrder, BigInteger base, BigInteger quote) {
        return new ChainEvent.Locked(
                position(),
                market.vaultLots().id(),
                seq,
                0,
                TestTraders.BOB.address(),
                TestTraders.ALICE.address(),
                buyOrder,
                sellOrder,
                market.base().token(),
                market.quote().token(),
                base,
                quote,
                quote,
                DEADLINE,
                new BatchSeal(
                        market.vaultLots().id(),
                        hash(500 + seq),
                        BigInteger.valueOf(DEADLINE).shiftLeft(32).add(BigInteger.valueOf(seq)),
                        EvmAddress.ZERO,
                        OPERATOR));
    }

    ChainEvent.Released released(ChainEvent.Locked locked) {
        return new ChainEvent.Released(position(), locked.marketId(), locked.seq());
    }

    ChainEvent.Refunded refunded(ChainEvent.Locked locked) {
        return new ChainEvent.Refunded(position(), locked.marketId(), locked.seq());
    }

    ChainEvent.Withdrawn withdrawn(TestTraders trader, Asset asset, BigInteger amount) {
        return new ChainEvent.Withdrawn(position(), trader.address(), asset.token(), amount);
    }

    Bytes32 escrowId(RequestedAction action) {
        return database.in(tx -> new Bytes32(Objects.requireNonNull(tx.select(CHAIN_ACTION.ESCROW_ID)
                .from(CHAIN_ACTION)
                .where(CHAIN_ACTION.ID.eq(action.action().id().value().hex()))
                .fetchSingle(CHAIN_ACTION.ESCROW_ID))));
    }

    EscrowView escrow(RequestedAction action) {
        return queries.escrow(escrowId(action)).orElseThrow();
    }

    PlaceOutcome place(SubmittedOrder order) throws Exception {
        return sequencer.place(order).get(10, TimeUnit.SECONDS);
    }

    static void assertRefused(PlaceOutcome outcome, RefusalCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PlaceOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    void deposit(TestTraders trader, Asset asset, BigInteger amount) {
        cursors.commit(batch(deposited(trader, asset, amount)));
        awaitAvailable(trader, asset, asset.engineUnits(amount).longValueExact());
    }

    ChainEvent.Deposited deposited(TestTraders trader, Asset asset, BigInteger amount) {
        return new ChainEvent.Deposited(position(), trader.address(), asset.token(), amount);
    }

    void awaitAvailable(TestTraders trader, Asset asset, long engineUnits) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(available(trader, asset)).isEqualTo(engineUnits));
    }

    long available(TestTraders trader, Asset asset) {
        return balance(trader, asset).available();
    }

    Balance balance(TestTraders trader, Asset asset) {
        var account =
                database.in(tx -> Accounts.number(tx, new ChainAccount(SampleDeployment.CHAIN, trader.address())));
        return sequencer
                .query(view -> view.engine().balance(account, asset.id()))
                .join();
    }

    BigInteger ledger(TestTraders trader, LedgerBook book, Asset asset) {
        return queries.ledger(new ChainAccount(SampleDeployment.CHAIN, trader.address()))
                .orElseThrow()
                .amount(book, asset);
    }

    int count(org.jooq.Table<?> table) {
        return database.in(tx -> tx.fetchCount(table));
    }

    EventPosition position() {
        height++;
        return new EventPosition(new BlockHeight(height), hash(1_000 + height), hash(2_000 + height), 0);
    }

    ChainBatch batch(ChainEvent... events) {
        return new ChainBatch(cursor(Instant.ofEpochSecond(1_800_000_000L)), List.of(events));
    }

    ChainCursor cursor(Instant time) {
        return new ChainCursor(SampleDeployment.CHAIN, new BlockHeight(height), hash(1_000 + height), time);
    }

    static Bytes32 hash(long value) {
        return new Bytes32("0x" + "%064x".formatted(value));
    }
}
