package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ACCOUNT;
import static io.quoin.node.store.generated.Tables.COMMAND_LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.chain.ChainEvent;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.sequencer.CancelOutcome;
import io.quoin.node.sequencer.PlaceOutcome;
import io.quoin.node.sequencer.TestTraders;
import io.quoin.signer.terms.OrderSide;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Orders in log, engine and tables; and after a restart. */
class OrderStoreIT extends StoreFixture {
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
    void aTraderWhoNeverDeposited_isRefused_andLeavesNoTrace() throws Exception {
        int accounts = count(ACCOUNT);

        assertRefused(
                place(TestTraders.CAROL.order(market, OrderSide.SELL, "2000", "1", 1)),
                RefusalCode.INSUFFICIENT_BALANCE);
        assertThat(count(ACCOUNT)).isEqualTo(accounts);
    }

    @Test
    void aQuestionThatFails_troublesNobodyButItsAsker() throws Exception {
        var failing = sequencer.query(view -> {
            throw new IllegalStateException("asked wrongly");
        });

        assertThat(failing).failsWithin(Duration.ofSeconds(10));
        assertThat(sequencer.ready()).isTrue();
        assertThat(place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "1", 1)))
                .isInstanceOf(PlaceOutcome.Accepted.class);
    }

    @Test
    void aSecondNodeOnTheSameDatabase_isRefused() throws Exception {
        try (AutoCloseable claim = database.claim()) {
            assertThat(claim).isNotNull();
            assertThatThrownBy(() -> database.claim()).hasMessageContaining("another node runs on this database");
        }
        database.claim().close();
    }
}
