package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.deeds;
import static io.quoin.matching.Floor.refused;
import static io.quoin.matching.Floor.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancesTest {
    private final Floor floor = Floor.poor();

    private List<Event> credit(AccountId account, AssetId asset, long amount) {
        return floor.apply(new Command.Credit(account, asset, amount));
    }

    private List<Event> debit(AccountId account, AssetId asset, long amount) {
        return floor.apply(new Command.Debit(account, asset, amount));
    }

    private Event withdrawn(long order, long lots) {
        return new Event.OrderCancelled(new OrderId(order), ALICE, CancelReason.BALANCE_WITHDRAWN, lots);
    }

    @Test
    void anAccountThatWasNeverSeenHasNothing() {
        assertThat(floor.gold(ALICE)).isEqualTo(Balance.ZERO);
    }

    @Test
    void creditsAccumulate() {
        credit(ALICE, GOLD, 5);

        assertThat(credit(ALICE, GOLD, 7))
                .containsExactly(new Event.BalanceChanged(ALICE, GOLD, new Balance(12, 0, 0, 0)));
        assertThat(floor.cash(ALICE)).isEqualTo(Balance.ZERO);
        assertThat(floor.gold(BOB)).isEqualTo(Balance.ZERO);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void anAmountThatIsNotPositiveIsRefused(long amount) {
        assertThat(credit(ALICE, GOLD, amount)).containsExactly(refused(RefusalReason.AMOUNT_NOT_POSITIVE));
        assertThat(debit(ALICE, GOLD, amount)).containsExactly(refused(RefusalReason.AMOUNT_NOT_POSITIVE));
    }

    @Test
    void aCreditBeyondWhatALongCountsIsRefusedAlsoAcrossAccounts() {
        credit(ALICE, GOLD, Long.MAX_VALUE - 1);

        assertThat(credit(ALICE, GOLD, 2)).containsExactly(refused(RefusalReason.AMOUNT_TOO_LARGE));
        assertThat(credit(BOB, GOLD, 2)).containsExactly(refused(RefusalReason.AMOUNT_TOO_LARGE));
        assertThat(credit(BOB, CASH, 2)).hasSize(1).noneMatch(Event.CommandRefused.class::isInstance);
        assertThat(credit(BOB, GOLD, 1)).noneMatch(Event.CommandRefused.class::isInstance);
    }

    @Test
    void whatADebitTookCanBeCreditedAgain() {
        credit(ALICE, GOLD, Long.MAX_VALUE);
        debit(ALICE, GOLD, 5);

        assertThat(credit(BOB, GOLD, 6)).containsExactly(refused(RefusalReason.AMOUNT_TOO_LARGE));
        assertThat(credit(BOB, GOLD, 5)).noneMatch(Event.CommandRefused.class::isInstance);
    }

    @Test
    void aDebtBeyondWhatALongCountsIsRefused() {
        debit(ALICE, GOLD, Long.MAX_VALUE);

        assertThat(debit(ALICE, GOLD, 1)).containsExactly(refused(RefusalReason.AMOUNT_TOO_LARGE));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, Long.MAX_VALUE));
    }

    @Test
    void aDebitTakesWhatIsAvailableAndLeavesOrdersAlone() {
        credit(ALICE, GOLD, 100);
        floor.sell(ALICE, 100, 5);

        assertThat(debit(ALICE, GOLD, 50))
                .containsExactly(new Event.BalanceChanged(ALICE, GOLD, new Balance(0, 50, 0, 0)));
    }

    @Test
    void aDebitThatIsShortCancelsTheNewestOrdersUntilItIsCovered() {
        credit(ALICE, GOLD, 100);
        floor.sell(ALICE, 100, 3);
        floor.sell(ALICE, 90, 2);
        floor.sell(ALICE, 110, 4);

        var events = debit(ALICE, GOLD, 55);

        assertThat(deeds(events)).containsExactly(withdrawn(3, 4), withdrawn(2, 2));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(15, 30, 0, 0));
    }

    @Test
    void aDebitLeavesOrdersThatReserveAnotherAssetOrBelongToOthers() {
        credit(ALICE, GOLD, 100);
        credit(ALICE, CASH, 100);
        credit(BOB, GOLD, 100);
        floor.sell(ALICE, 100, 3);
        floor.buy(ALICE, 1, 1);
        floor.sell(BOB, 100, 3);

        assertThat(deeds(debit(ALICE, GOLD, 200))).containsExactly(withdrawn(1, 3));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 100));
    }

    @Test
    @DisplayName("R8 nothing goes negative: what a debit does not find is owed")
    void whatIsOwedIsTakenFromTheNextCredits() {
        credit(ALICE, GOLD, 30);
        debit(ALICE, GOLD, 100);

        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 70));
        credit(ALICE, GOLD, 50);
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 20));
        credit(ALICE, GOLD, 50);
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(30, 0, 0, 0));
    }

    @Test
    @DisplayName("R8 who owes an asset cannot place an order with it")
    void whoOwesCannotReserve() {
        debit(ALICE, GOLD, 10);
        credit(ALICE, GOLD, 10);

        assertThat(floor.sell(ALICE, 100, 1))
                .containsExactly(rejected(floor.last(), RejectReason.INSUFFICIENT_BALANCE));
    }

    @Test
    void whatPaidADebtIsNoLongerHeldAndCanBeCreditedAgain() {
        debit(ALICE, GOLD, 10);
        credit(ALICE, GOLD, Long.MAX_VALUE);

        assertThat(credit(BOB, GOLD, 11)).containsExactly(refused(RefusalReason.AMOUNT_TOO_LARGE));
        assertThat(credit(BOB, GOLD, 10)).noneMatch(Event.CommandRefused.class::isInstance);
    }

    @Test
    void debtsAdd() {
        debit(ALICE, GOLD, 10);
        debit(ALICE, GOLD, 15);

        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 25));
    }
}
