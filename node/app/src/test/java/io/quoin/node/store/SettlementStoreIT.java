package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.LEDGER_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.EventPosition;
import io.quoin.chain.PendingAction;
import io.quoin.node.SampleDeployment;
import io.quoin.node.Samples;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.market.DeploymentFile;
import io.quoin.node.query.Views.EscrowView;
import io.quoin.node.sequencer.TestTraders;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.settlement.RequestedAction;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultCall;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the chain says, in ledger, escrows, actions and nonces. */
class SettlementStoreIT extends StoreFixture {
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

        ChainEvent.Locked locked = lock(lock);
        assertThat(escrow(lock).state()).isEqualTo("LOCKED");
        assertThat(ledger(TestTraders.ALICE, LedgerBook.LOCKED, market.base())).isEqualTo(market.quantity(2_000));
        RequestedAction release = requested();
        assertThat(((EvmEscrowCall) release.action().intent()).call()).isEqualTo(new VaultCall.Release(locked.seal()));
        accept(release);
        cursors.commit(batch(released(locked)));

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
        ChainEvent.Locked locked = lock(lock);
        accept(requested());
        cursors.commit(new ChainBatch(cursor(Instant.ofEpochSecond(3_000_000_000L)), List.of()));

        assertThat(escrow(lock).state()).isEqualTo("REFUNDING");
        cursors.commit(batch(refunded(locked)));
        assertThat(escrow(lock).state()).isEqualTo("REFUNDED");
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isEqualTo(BASE_UNITS);
        awaitAvailable(TestTraders.BOB, market.quote(), QUOTE_UNITS.longValueExact());
    }

    @Test
    void aReleaseThatFails_isAskedForAgain_afterAWhile() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        ChainEvent.Locked locked = lock(lock);
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
        cursors.commit(batch(released(locked)));
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
        ChainEvent.Locked foreign =
                locked(64, hash(11), hash(12), BigInteger.TEN.pow(18), BigInteger.valueOf(2_000_000_000L));
        cursors.commit(batch(foreign));
        awaitAvailable(TestTraders.ALICE, market.base(), 9_000_000_000L);

        cursors.commit(batch(released(foreign)));

        awaitAvailable(TestTraders.BOB, market.base(), 1_000_000_000L);
        assertThat(ledger(TestTraders.BOB, LedgerBook.AVAILABLE, market.base())).isEqualTo(BigInteger.TEN.pow(18));
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

    @Test
    void locksThatAreStopped_neverStandInTheWayOfARelease() throws Exception {
        RequestedAction first = trade("2");
        RequestedAction stillOldest = trade("1", 2);
        assertThat(stillOldest.action().id()).isEqualTo(first.action().id());
        accept(first);
        lock(first);

        ActionStore actions = new ActionStore(database, markets, Clock.systemUTC());
        assertThat(actions.oldest(SampleDeployment.CHAIN, Set.of(), 1))
                .extracting(RequestedAction::kind)
                .containsExactly(ActionKind.RELEASE);
        assertThat(actions.oldest(SampleDeployment.CHAIN, Set.of(market.symbol()), 64))
                .extracting(RequestedAction::kind)
                .containsExactly(ActionKind.RELEASE);
        assertThat(actions.oldest(SampleDeployment.CHAIN, Set.of("OTHER-QUSD"), 64))
                .extracting(RequestedAction::kind)
                .containsExactly(ActionKind.RELEASE, ActionKind.LOCK);
    }

    @Test
    void aLockThatAnEarlierLifeOfTheDatabaseSent_counts() throws Exception {
        RequestedAction lock = trade("2");
        lock(lock);

        assertThat(escrow(lock).state()).isEqualTo("LOCKED");
        accept(lock);
        assertThat(escrow(lock).state()).isEqualTo("LOCKED");
    }

    @Test
    void moreThanTheEngineHolds_isWithheld_staysWithdrawable_andLeavesNoPhantomAndNoDebt() {
        BigInteger huge = market.base().baseUnits(Long.MAX_VALUE / 2);
        for (int i = 0; i < 3; i++) {
            cursors.commit(batch(deposited(TestTraders.ALICE, market.base(), huge)));
        }
        awaitAvailable(TestTraders.ALICE, market.base(), EngineShare.UNITS_MAX.longValueExact());
        BigInteger all = BASE_UNITS.add(huge.multiply(BigInteger.valueOf(3)));
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isEqualTo(all);

        cursors.commit(batch(new ChainEvent.Withdrawn(
                position(), TestTraders.ALICE.address(), market.base().token(), all)));
        awaitAvailable(TestTraders.ALICE, market.base(), 0);
        assertThat(balance(TestTraders.ALICE, market.base()).owed()).isZero();

        cursors.commit(batch(deposited(TestTraders.BOB, market.base(), BASE_UNITS)));
        awaitAvailable(TestTraders.BOB, market.base(), 10_000_000_000L);
    }

    @Test
    void twoFillsOfTheSameOrdersAndAmount_areLockedInTheirOrder_andAnotherAmountIsNobodys() throws Exception {
        place(TestTraders.BOB.order(market, OrderSide.BUY, "2000", "4", 1));
        place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "2", 1));
        place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "2", 2));
        List<RequestedAction> locks = requestedAt(Clock.systemUTC());
        assertThat(locks).extracting(lock -> batch(lock).cell()).containsExactly(0, 1);
        locks.forEach(this::accept);

        lock(locks.get(1));

        assertThat(escrow(locks.get(0)).state()).isEqualTo("LOCKING");
        assertThat(escrow(locks.get(1)).state()).isEqualTo("LOCKED");
        lock(locks.get(0));
        assertThat(escrow(locks.get(0)).state()).isEqualTo("LOCKED");
    }

    @Test
    void locks_takeTheCellsInTurn_andTheOneThatAFailedLockLeftComesNext() throws Exception {
        RequestedAction first = trade("1", 1);
        accept(first);
        RequestedAction second = trade("1", 2);
        accept(second);
        assertThat(batch(first).cell()).isZero();
        assertThat(batch(second).cell()).isEqualTo(1);
        cursors.commit(
                batch(new ChainEvent.ActionFailed(first.action().id(), Optional.empty(), "EmptyBatch()", false)));

        RequestedAction third = trade("1", 3);
        accept(third);
        RequestedAction fourth = trade("1", 4);

        assertThat(batch(third).cell()).isZero();
        assertThat(batch(fourth).cell()).isEqualTo(2);
    }

    @Test
    void aFillThatTheVaultLeftOut_isReturned() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        EvmNonce nonce = lease(lock, 5);
        nonces.signed(lock.action().id(), nonce, hash(4_000), Hex.of(new byte[] {1}));
        BatchFill fill = batch(lock).fills().getFirst();
        height++;
        EventPosition at = new EventPosition(new BlockHeight(height), hash(1_000 + height), hash(4_000), 0);
        cursors.commit(batch(new ChainEvent.FillSkipped(
                at,
                market.vaultLots().id(),
                64,
                0,
                OrderTyping.orderDigest(market.vault(), fill.buy().terms()),
                OrderTyping.orderDigest(market.vault(), fill.sell().terms()),
                5)));

        assertThat(escrow(lock).state()).isEqualTo("FAILED");
        assertThat(escrow(lock).failure())
                .hasValueSatisfying(why -> assertThat(why).contains("short"));
        awaitAvailable(TestTraders.BOB, market.quote(), QUOTE_UNITS.longValueExact());
        awaitAvailable(TestTraders.ALICE, market.base(), 10_000_000_000L);
    }

    @Test
    void aFillThatIsClosedByItself_endsAlone_andItsBatchEndsWithoutIt() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        ChainEvent.Locked locked = lock(lock);
        cursors.commit(batch(new ChainEvent.FillClosed(position(), locked.marketId(), locked.seq(), 0, 2)));
        assertThat(escrow(lock).state()).isEqualTo("REFUNDED");

        cursors.commit(batch(released(locked)));

        assertThat(escrow(lock).state()).isEqualTo("REFUNDED");
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isEqualTo(BASE_UNITS);
    }

    @Test
    void aDisputedFill_isSaidSo_andNothingIsBookedOfIt() throws Exception {
        RequestedAction lock = trade("2");
        accept(lock);
        ChainEvent.Locked locked = lock(lock);
        cursors.commit(batch(new ChainEvent.FillClosed(position(), locked.marketId(), locked.seq(), 0, 3)));
        cursors.commit(batch(refunded(locked)));

        assertThat(escrow(lock).state()).isEqualTo("DISPUTED");
        assertThat(ledger(TestTraders.ALICE, LedgerBook.LOCKED, market.base())).isEqualTo(market.quantity(2_000));
    }

    @Test
    void aBatchOfSeveralFills_thatIsNotOurs_isBookedFillByFill_withItsFees() {
        ChainEvent.Locked one =
                locked(64, hash(11), hash(12), BigInteger.TEN.pow(18), BigInteger.valueOf(2_000_000_000L));
        ChainEvent.Locked other = new ChainEvent.Locked(
                one.at(),
                one.marketId(),
                one.seq(),
                1,
                one.buyer(),
                one.seller(),
                hash(13),
                hash(14),
                one.base(),
                one.quote(),
                BigInteger.TEN.pow(18),
                BigInteger.valueOf(2_010_000_000L),
                BigInteger.valueOf(1_990_000_000L),
                one.deadlineSeconds(),
                one.seal());
        cursors.commit(batch(one, other));

        cursors.commit(batch(released(one)));

        awaitAvailable(TestTraders.BOB, market.base(), 2_000_000_000L);
        awaitAvailable(TestTraders.ALICE, market.quote(), 3_990_000_000L);
        assertThat(ledger(TestTraders.BOB, LedgerBook.AVAILABLE, market.quote()))
                .isEqualTo(QUOTE_UNITS.subtract(BigInteger.valueOf(4_010_000_000L)));
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.quote()))
                .isEqualTo(BigInteger.valueOf(3_990_000_000L));
    }

    @Test
    void aFullShare_leavesRoomForWhatAnUnfinishedFillOwes() throws Exception {
        trade("2");
        cursors.commit(batch(new ChainEvent.Withdrawn(
                position(), TestTraders.ALICE.address(), market.base().token(), BASE_UNITS)));
        awaitAvailable(TestTraders.ALICE, market.base(), 0);
        assertThat(balance(TestTraders.ALICE, market.base()).owed()).isEqualTo(2_000_000_000L);

        cursors.commit(
                batch(deposited(TestTraders.BOB, market.base(), market.base().baseUnits(Long.MAX_VALUE / 2))));

        awaitAvailable(TestTraders.BOB, market.base(), EngineShare.UNITS_MAX.longValueExact());
    }
}
