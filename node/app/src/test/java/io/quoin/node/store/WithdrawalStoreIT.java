package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.COMMAND_LOG;
import static io.quoin.node.store.generated.Tables.WITHDRAWAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.chain.ChainBatch;
import io.quoin.node.Samples;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.query.Views.WithdrawalView;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.sequencer.TestTraders;
import io.quoin.node.sequencer.WithdrawOutcome;
import io.quoin.node.withdrawal.CoSigning;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.CosignIntent;
import io.quoin.signer.CosignReply;
import io.quoin.signer.Cosigner;
import io.quoin.signer.WithdrawalCosign;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.OrderSide;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** R8: what a withdrawal sets aside, and when that is the account's again. */
class WithdrawalStoreIT extends StoreFixture {
    private static final BigInteger TWO = BigInteger.TWO.multiply(BigInteger.TEN.pow(18));
    /** Later than every block of {@link #batch}. */
    private static final long LATER = 1_800_000_600L;

    private final FakeSigner signer = new FakeSigner();

    @Test
    void R8_aWithdrawal_isSetAside_coSigned_andFinalWhenTheVaultPaidIt() throws Exception {
        SubmittedWithdrawal withdrawal = withdrawal(TWO, 1, LATER);

        assertThat(withdraw(withdrawal)).isEqualTo(new WithdrawOutcome.Accepted(withdrawal.id()));
        assertThat(balance(TestTraders.ALICE, market.base()).withdrawing()).isEqualTo(2_000_000_000L);
        coSigning().sign(withdrawal.id());
        coSigning().sign(withdrawal.id());
        assertThat(signer.asked).containsExactly(new WithdrawalCosign(Samples.VAULT, withdrawal.terms()));
        assertThat(view(withdrawal).state()).isEqualTo("COSIGNED");
        assertThat(view(withdrawal).operatorSignature())
                .contains(withdrawal.signed().signature().toHex());

        cursors.commit(batch(withdrawn(TestTraders.ALICE, market.base(), TWO)));

        assertThat(view(withdrawal).state()).isEqualTo("FINAL");
        assertThat(view(withdrawal).tx()).isPresent();
        awaitAvailable(TestTraders.ALICE, market.base(), 8_000_000_000L);
        awaitNothingSetAside();
        assertThat(balance(TestTraders.ALICE, market.base()).owed()).isZero();
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isEqualTo(BASE_UNITS.subtract(TWO));
    }

    @Test
    void R8_theReserveReturns_onlyWhenAFinalBlockIsPastTheDeadline() throws Exception {
        SubmittedWithdrawal withdrawal = withdrawal(TWO, 1, LATER);
        withdraw(withdrawal);
        height++;
        cursors.commit(new ChainBatch(cursor(Instant.ofEpochSecond(LATER)), List.of()));
        assertThat(view(withdrawal).state()).isEqualTo("COSIGNED");
        assertThat(available(TestTraders.ALICE, market.base())).isEqualTo(8_000_000_000L);

        height++;
        cursors.commit(new ChainBatch(cursor(Instant.ofEpochSecond(LATER + 1)), List.of()));

        assertThat(view(withdrawal).state()).isEqualTo("EXPIRED");
        awaitAvailable(TestTraders.ALICE, market.base(), 10_000_000_000L);
        coSigning().sign(withdrawal.id());
        assertThat(signer.asked).isEmpty();
    }

    @Test
    void R8_aPaymentInTheBlocksThatPassTheDeadline_counts() throws Exception {
        SubmittedWithdrawal withdrawal = withdrawal(TWO, 1, LATER);
        withdraw(withdrawal);
        var paid = withdrawn(TestTraders.ALICE, market.base(), TWO);

        cursors.commit(new ChainBatch(cursor(Instant.ofEpochSecond(LATER + 1)), List.of(paid)));

        assertThat(view(withdrawal).state()).isEqualTo("FINAL");
        awaitNothingSetAside();
        assertThat(available(TestTraders.ALICE, market.base())).isEqualTo(8_000_000_000L);
    }

    @Test
    void R8_ofTwoAlike_theOneWithTheEarlierDeadlineIsTakenForPaid() throws Exception {
        SubmittedWithdrawal late = withdrawal(TWO, 1, LATER + 300);
        SubmittedWithdrawal early = withdrawal(TWO, 2, LATER);
        withdraw(late);
        withdraw(early);

        cursors.commit(batch(withdrawn(TestTraders.ALICE, market.base(), TWO)));

        assertThat(view(early).state()).isEqualTo("FINAL");
        assertThat(view(late).state()).isEqualTo("COSIGNED");
    }

    @Test
    void R8_whatLeftWithoutTheNode_isADebit_andTheWithdrawalStaysSetAside() throws Exception {
        SubmittedWithdrawal withdrawal = withdrawal(TWO, 1, LATER);
        withdraw(withdrawal);

        cursors.commit(batch(withdrawn(TestTraders.ALICE, market.base(), BigInteger.TEN.pow(18))));

        awaitAvailable(TestTraders.ALICE, market.base(), 7_000_000_000L);
        assertThat(balance(TestTraders.ALICE, market.base()).withdrawing()).isEqualTo(2_000_000_000L);
        assertThat(view(withdrawal).state()).isEqualTo("COSIGNED");
    }

    @Test
    void R8_whatIsSetAside_coversNoOrder_andWhatAnOrderReservesCannotBeWithdrawn() throws Exception {
        withdraw(withdrawal(TWO, 1, LATER));
        assertRefused(
                place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "8.001", 1)),
                RefusalCode.INSUFFICIENT_BALANCE);
        place(TestTraders.ALICE.order(market, OrderSide.SELL, "2000", "7", 2));
        int logged = count(COMMAND_LOG);

        assertRefused(withdraw(withdrawal(TWO, 2, LATER)), RefusalCode.INSUFFICIENT_BALANCE);

        assertThat(count(COMMAND_LOG)).isEqualTo(logged);
        assertThat(count(WITHDRAWAL)).isEqualTo(1);
    }

    @Test
    void theSameWithdrawal_isTakenOnce_andItsNonceTakesNoOther_alsoAfterARestart() throws Exception {
        SubmittedWithdrawal withdrawal = withdrawal(TWO, 1, LATER);
        withdraw(withdrawal);
        int logged = count(COMMAND_LOG);
        long hash = sequencer.query(view -> view.engine().stateHash()).get(10, TimeUnit.SECONDS);
        sequencer.close();

        sequencer = newSequencer();

        assertThat(sequencer.query(view -> view.engine().stateHash()).get(10, TimeUnit.SECONDS))
                .isEqualTo(hash);
        assertThat(withdraw(withdrawal)).isEqualTo(new WithdrawOutcome.AlreadyAccepted(withdrawal.id()));
        assertRefused(withdraw(withdrawal(BigInteger.TEN.pow(18), 1, LATER)), RefusalCode.NONCE_REUSED);
        assertThat(count(COMMAND_LOG)).isEqualTo(logged);
        coSigning().sign(withdrawal.id());
        assertThat(view(withdrawal).operatorSignature()).isPresent();
    }

    @Test
    void oneWhoNeverDeposited_withdrawsNothing() throws Exception {
        SubmittedWithdrawal withdrawal = TestTraders.CAROL.withdrawal(Samples.VAULT, market.base(), TWO, 1, LATER);

        assertRefused(withdraw(withdrawal), RefusalCode.INSUFFICIENT_BALANCE);
    }

    @Test
    void moreThanTheLedgerHas_thatLeftTheVault_isBookedAndStopsNothing() {
        deposit(TestTraders.CAROL, market.base(), BASE_UNITS);
        cursors.commit(batch(withdrawn(TestTraders.ALICE, market.base(), BASE_UNITS.add(TWO))));

        awaitAvailable(TestTraders.ALICE, market.base(), 0);
        assertThat(ledger(TestTraders.ALICE, LedgerBook.AVAILABLE, market.base()))
                .isZero();
        assertThat(balance(TestTraders.ALICE, market.base()).owed()).isZero();
    }

    private SubmittedWithdrawal withdrawal(BigInteger amount, long nonce, long deadline) {
        return TestTraders.ALICE.withdrawal(Samples.VAULT, market.base(), amount, nonce, deadline);
    }

    private WithdrawOutcome withdraw(SubmittedWithdrawal withdrawal) throws Exception {
        return sequencer.withdraw(withdrawal).get(10, TimeUnit.SECONDS);
    }

    private WithdrawalView view(SubmittedWithdrawal withdrawal) {
        return queries.withdrawal(withdrawal.id()).orElseThrow();
    }

    private CoSigning coSigning() {
        return new CoSigning(Samples.VAULT, signer, new WithdrawalStore(database, markets));
    }

    private void awaitNothingSetAside() {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(
                                balance(TestTraders.ALICE, market.base()).withdrawing())
                        .isZero());
    }

    private static void assertRefused(WithdrawOutcome outcome, RefusalCode code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WithdrawOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    /** Answers with the signature that the trader gave: what a signature is worth is the signer's tests' matter. */
    private static final class FakeSigner implements Cosigner {
        private final List<CosignIntent> asked = new ArrayList<>();

        @Override
        public EvmAddress address() {
            return OPERATOR;
        }

        @Override
        public CosignReply cosign(CosignIntent intent) {
            asked.add(intent);
            WithdrawalCosign cosign = (WithdrawalCosign) intent;
            return new CosignReply.Signed(TestTraders.ALICE
                    .withdrawal(
                            cosign.vault(),
                            Samples.BASE,
                            cosign.withdrawal().amount(),
                            cosign.withdrawal().nonce().longValueExact(),
                            cosign.withdrawal().deadlineSeconds())
                    .signed()
                    .signature());
        }
    }
}
