package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancesTest {
    private final Floor floor = Floor.of(SPEC);

    @Test
    void anOrderTouchesTheBalanceThatItReservesFrom() {
        floor.sell(ALICE, 100, 1);
        assertThat(floor.touched()).containsExactly("1 gold");
        floor.buy(BOB, 90, 1);
        assertThat(floor.touched()).containsExactly("2 cash");
        floor.cancel(BOB, 2);
        assertThat(floor.touched()).containsExactly("2 cash");
    }

    @Test
    void anOrderThatReplacesOneTouchesTheBalanceIfItReservesMoreOrLess() {
        floor.sell(ALICE, 100, 1);
        floor.amend(ALICE, 1, 2, 101, 1);
        assertThat(floor.touched())
                .as("a seller reserves lots, whatever the price")
                .isEmpty();
        floor.amend(ALICE, 2, 3, 101, 2);
        assertThat(floor.touched()).containsExactly("1 gold");
    }

    @Test
    void aFillTouchesTheBuyersThenTheSellersBalanceOnce() {
        floor.sell(ALICE, 100, 1);
        floor.sell(BOB, 100, 1);

        floor.buy(CAROL, 100, 2);
        assertThat(floor.touched()).containsExactly("3 cash", "1 gold", "2 gold");
    }

    @Test
    void aBuyersBalanceIsTouchedBeforeThatOfASellerWhoIsTaker() {
        floor.buy(ALICE, 100, 1);
        floor.buy(BOB, 100, 1);

        floor.sell(CAROL, 100, 2);
        assertThat(floor.touched()).as("its own when it reserved").containsExactly("3 gold", "1 cash", "2 cash");
    }

    @Test
    void aSelfTradeTouchesTheBalancesOfWhatItCancels() {
        floor.sell(ALICE, 100, 1);

        floor.place(ALICE, OrderTerms.limit(BUY, 100, 1).selfTrade(SelfTradePrevention.CANCEL_BOTH));
        assertThat(floor.touched()).containsExactly("1 cash", "1 gold");
    }

    @Test
    void commandsTouchTheBalanceThatTheyName() {
        floor.sell(ALICE, 100, 1);

        floor.debit(ALICE, GOLD, START);
        assertThat(floor.touched()).containsExactly("1 gold");
        floor.apply(new Command.RequestExit(ALICE, CASH));
        assertThat(floor.touched()).containsExactly("1 cash");
        floor.apply(new Command.CancelExit(ALICE, CASH));
        assertThat(floor.touched()).containsExactly("1 cash");
        floor.apply(new Command.RequestWithdrawal(new WithdrawalId(1), ALICE, CASH, 1));
        assertThat(floor.touched()).containsExactly("1 cash");
    }

    @Test
    void anOrdersOtherBalanceIsMadeWithoutBeingTouched() {
        AccountId stranger = new AccountId(50);
        floor.credit(stranger, CASH, START);

        floor.buy(stranger, 100, 1);
        assertThat(floor.touched()).containsExactly("50 cash");
        assertThat(floor.gold(stranger)).isEqualTo(Balance.ZERO);
    }

    @Test
    @DisplayName("R8 nothing is lost or made on the way of a unit through all parts of a balance")
    void aUnitPassesThroughAllParts() {
        floor.sell(ALICE, 100, 2);
        floor.buy(BOB, 100, 1);
        floor.apply(new Command.RequestWithdrawal(new WithdrawalId(1), ALICE, GOLD, 5));
        floor.apply(new Command.RequestExit(ALICE, GOLD));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 10, 5, START - 15, 0));
        floor.apply(new Command.FinaliseExit(ALICE, GOLD, START));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 10, 5, 0, 15));
        floor.apply(new Command.ReturnFill(new FillId(1)));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 0, 5, 0, 5));
        floor.apply(new Command.ExpireWithdrawal(new WithdrawalId(1), 0));
        assertThat(floor.gold(ALICE)).isEqualTo(Balance.ZERO);
    }
}
