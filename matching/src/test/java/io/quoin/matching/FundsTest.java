package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FundsTest {
    private static final long MOST = (1L << 62) - 1;

    private final Floor floor = Floor.of(SPEC);

    private List<String> request(long id, long amount) {
        return floor.apply(new Command.RequestWithdrawal(new WithdrawalId(id), ALICE, GOLD, amount));
    }

    private List<String> coSign(long id, long deadline) {
        return floor.apply(new Command.CoSignWithdrawal(new WithdrawalId(id), deadline));
    }

    private List<String> expire(long id, long finalBlock) {
        return floor.apply(new Command.ExpireWithdrawal(new WithdrawalId(id), finalBlock));
    }

    private List<String> finalise(long id) {
        return floor.apply(new Command.FinaliseWithdrawal(new WithdrawalId(id)));
    }

    private List<String> exit() {
        return floor.apply(new Command.RequestExit(ALICE, GOLD));
    }

    private List<String> finaliseExit(long amount) {
        return floor.apply(new Command.FinaliseExit(ALICE, GOLD, amount));
    }

    @Test
    void aCreditIsPositiveAndKeepsTheSumBelowTheMost() {
        assertThat(floor.credit(ALICE, GOLD, 0)).containsExactly("refused AMOUNT_NOT_POSITIVE");
        assertThat(floor.credit(ALICE, GOLD, Long.MIN_VALUE)).containsExactly("refused AMOUNT_NOT_POSITIVE");
        assertThat(floor.credit(ALICE, GOLD, Long.MAX_VALUE)).containsExactly("refused AMOUNT_TOO_LARGE");
        assertThat(floor.credit(ALICE, GOLD, MOST - 3 * START + 1)).containsExactly("refused AMOUNT_TOO_LARGE");
        assertThat(floor.credit(ALICE, GOLD, MOST - 3 * START)).isEmpty();
        assertThat(floor.credit(BOB, GOLD, 1)).containsExactly("refused AMOUNT_TOO_LARGE");
    }

    @Test
    void whatLeavesMakesRoomForCreditsOfAsMuch() {
        floor.credit(BOB, GOLD, MOST - 3 * START);
        assertRoom(0);
        floor.debit(ALICE, GOLD, 10);
        assertRoom(10);
        request(1, 20);
        assertRoom(0);
        finalise(1);
        assertRoom(20);
        exit();
        floor.debit(ALICE, GOLD, 5);
        assertRoom(5);
        finaliseExit(7);
        assertRoom(7);
    }

    @Test
    void whatPaysADebtLeavesAtOnce() {
        floor.debit(ALICE, GOLD, START + 30);
        floor.credit(ALICE, GOLD, 12);
        floor.credit(BOB, GOLD, MOST - 3 * START);

        assertRoom(START);
    }

    /** Checks how much more of the asset all accounts together may hold, and uses it up. */
    private void assertRoom(long amount) {
        assertThat(floor.credit(BOB, GOLD, amount + 1)).containsExactly("refused AMOUNT_TOO_LARGE");
        if (amount > 0) {
            assertThat(floor.credit(BOB, GOLD, amount)).isEmpty();
        }
    }

    @Test
    void whatIsOwedReachesTheMostAndNoMore() {
        AccountId stranger = new AccountId(50);
        assertThat(floor.debit(stranger, GOLD, MOST)).isEmpty();
        assertThat(floor.gold(stranger)).isEqualTo(new Balance(0, 0, 0, 0, 0, MOST));
        assertThat(floor.debit(stranger, GOLD, 1)).containsExactly("refused AMOUNT_TOO_LARGE");

        floor.debit(ALICE, GOLD, START + 30);
        exit();
        assertThat(finaliseExit(MOST - 30 + 1)).containsExactly("refused AMOUNT_TOO_LARGE");
        assertThat(finaliseExit(MOST - 30)).containsExactly("not exiting");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, 0, MOST));
    }

    @Test
    void aDebitCancelsTheNewestOrdersUntilItIsCovered() {
        floor.sell(ALICE, 100, 10);
        floor.sell(ALICE, 101, 10);
        floor.sell(ALICE, 102, 10);
        floor.buy(ALICE, 50, 10);

        assertThat(floor.debit(ALICE, GOLD, START - 300 + 150))
                .containsExactly(
                        "cancelled 10 of 3: BALANCE_WITHDRAWN",
                        "ask 102: 0 in 0",
                        "cancelled 10 of 2: BALANCE_WITHDRAWN",
                        "ask 101: 0 in 0");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(50, 100, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("R8 nothing in the engine goes negative: what is short is owed")
    void whatADebitDoesNotFindIsOwedAndPaidByWhatArrives() {
        floor.debit(ALICE, GOLD, START + 30);
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, 0, 30));
        assertThat(floor.debit(ALICE, GOLD, MOST)).containsExactly("refused AMOUNT_TOO_LARGE");
        assertThat(floor.debit(ALICE, GOLD, -1)).containsExactly("refused AMOUNT_NOT_POSITIVE");

        floor.credit(ALICE, GOLD, 20);
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, 0, 10));
        floor.credit(ALICE, GOLD, 20);
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(10, 0, 0, 0, 0, 0));
    }

    @Test
    void whatAFillPaysGoesToWhatIsOwedFirst() {
        floor.debit(ALICE, GOLD, START + 30);
        floor.sell(BOB, 100, 5);
        floor.buy(ALICE, 100, 5);

        floor.settle(1);

        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(20, 0, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("R8 the engine knows withdrawals as requested, co-signed and final")
    void aWithdrawalSetsItsAmountAsideUntilItIsFinal() {
        assertThat(request(1, 300)).containsExactly("withdrawal REQUESTED");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 300, 0, 0, 300, 0, 0));
        assertThat(coSign(1, 50)).containsExactly("withdrawal COSIGNED");
        assertThat(floor.touched()).isEmpty();
        assertThat(coSign(1, 60)).containsExactly("refused WITHDRAWAL_COSIGNED");
        assertThat(finalise(1)).containsExactly("withdrawal FINAL");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 300, 0, 0, 0, 0, 0));
        assertThat(finalise(1)).containsExactly("refused UNKNOWN_WITHDRAWAL");
        assertThat(request(1, 1)).as("its id is free again").containsExactly("withdrawal REQUESTED");
    }

    @Test
    void allThatIsAvailableMayBeWithdrawnAndNoMore() {
        assertThat(request(1, START + 1)).containsExactly("refused INSUFFICIENT_BALANCE");
        assertThat(request(1, START)).containsExactly("withdrawal REQUESTED");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, START, 0, 0));
    }

    @Test
    @DisplayName("R8 a co-signed withdrawal's reserve returns only at a final block past its deadline")
    void aWithdrawalThatIsCoSignedExpiresOnlyPastItsDeadline() {
        request(1, 300);
        coSign(1, 50);

        assertThat(expire(1, 50)).containsExactly("refused WITHDRAWAL_NOT_EXPIRED");
        assertThat(expire(1, 51)).containsExactly("withdrawal EXPIRED");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START, 0, 0, 0, 0, 0));
    }

    @Test
    void aWithdrawalThatIsNotCoSignedExpiresAtOnceOrIsFinalAsAFact() {
        request(1, 300);
        request(2, 400);

        assertThat(expire(1, 0)).containsExactly("withdrawal EXPIRED");
        assertThat(finalise(2)).containsExactly("withdrawal FINAL");
        assertThat(floor.gold(ALICE).available()).isEqualTo(START - 400);
    }

    @Test
    void aWithdrawalIsRefusedWithTheFirstReason() {
        request(1, 300);

        assertThat(request(1, 0)).containsExactly("refused WITHDRAWAL_EXISTS");
        assertThat(request(2, 0)).containsExactly("refused AMOUNT_NOT_POSITIVE");
        assertThat(request(2, START)).containsExactly("refused INSUFFICIENT_BALANCE");
        assertThat(coSign(2, 5)).containsExactly("refused UNKNOWN_WITHDRAWAL");
        assertThat(expire(2, 5)).containsExactly("refused UNKNOWN_WITHDRAWAL");
        exit();
        assertThat(request(2, START)).containsExactly("refused EXITING");
    }

    @Test
    @DisplayName("R8 an exit cancels that asset's orders and moves what is free to exiting")
    void anExitCancelsTheOrdersThatReserveTheAsset() {
        floor.sell(ALICE, 100, 10);
        floor.buy(ALICE, 50, 10);
        floor.place(ALICE, OrderTerms.stop(SELL, 40, 5));

        assertThat(exit())
                .containsExactly("exiting", "cancelled 10 of 1: EXIT", "ask 100: 0 in 0", "cancelled 5 of 3: EXIT");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, START, 0));
        assertThat(floor.isOpen(2)).isTrue();
        assertThat(exit()).containsExactly("refused EXITING");
        assertThat(floor.sell(ALICE, 100, 1)).containsExactly("rejected EXITING");
    }

    @Test
    void whatArrivesDuringAnExitIsExitingToo() {
        request(1, 300);
        exit();
        floor.credit(ALICE, GOLD, 7);
        expire(1, 0);

        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, START + 7, 0));
        assertThat(floor.debit(ALICE, GOLD, 8)).isEmpty();
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, START - 1, 0));
    }

    @Test
    void anExitThatIsGivenUpMakesWhatIsExitingAvailable() {
        exit();

        assertThat(floor.apply(new Command.CancelExit(ALICE, GOLD))).containsExactly("not exiting");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START, 0, 0, 0, 0, 0));
        assertThat(floor.apply(new Command.CancelExit(ALICE, GOLD))).containsExactly("refused NOT_EXITING");
    }

    @Test
    void anExitThatIsFinalTakesFromExitingAndReturnsTheRest() {
        exit();
        assertThat(finaliseExit(0)).containsExactly("refused AMOUNT_NOT_POSITIVE");
        assertThat(finaliseExit(Long.MAX_VALUE)).containsExactly("refused AMOUNT_TOO_LARGE");

        assertThat(finaliseExit(START - 5)).containsExactly("not exiting");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(5, 0, 0, 0, 0, 0));
        assertThat(finaliseExit(1)).containsExactly("refused NOT_EXITING");
    }

    @Test
    void whatAFinalExitIsShortOfIsOwed() {
        exit();
        finaliseExit(START + 9);

        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 0, 0, 9));
    }

    @Test
    void anAccountThatWasNeverSeenCanExitButHasNothingToEnd() {
        AccountId stranger = new AccountId(50);

        assertThat(floor.apply(new Command.FinaliseExit(stranger, GOLD, 1))).containsExactly("refused NOT_EXITING");
        assertThat(floor.apply(new Command.CancelExit(stranger, GOLD))).containsExactly("refused NOT_EXITING");
        assertThat(floor.apply(new Command.RequestExit(stranger, GOLD))).containsExactly("exiting");
        assertThat(floor.gold(stranger)).isEqualTo(Balance.ZERO);
    }
}
