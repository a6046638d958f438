package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FillTest {
    private static final FeeTerms REBATE = new FeeTerms(-10, 25, HOUSE);

    private static Floor with(FeeTerms fees) {
        return Floor.of(SPEC.with(fees));
    }

    private static Event.Filled fill(Floor floor) {
        return floor.events().stream()
                .filter(event -> event instanceof Event.Filled)
                .map(event -> (Event.Filled) event)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOrderReservesWhatItCanCostWithTheHigherFee() {
        Floor floor = with(new FeeTerms(5, 25, HOUSE));
        floor.buy(ALICE, 111, 7);
        floor.sell(BOB, 112, 7);

        assertThat(floor.cash(ALICE).reserved()).isEqualTo(2_331 + 5);
        assertThat(floor.gold(BOB).reserved()).isEqualTo(70);
    }

    @Test
    void amountsAreExactAndFeesRoundedDown() {
        Floor floor = with(new FeeTerms(5, 25, HOUSE));
        floor.sell(ALICE, 111, 7);
        floor.buy(BOB, 120, 7);

        assertThat(fill(floor))
                .isEqualTo(new Event.Filled(
                        new FillId(1),
                        MARKET,
                        new OrderId(1),
                        new OrderId(2),
                        ALICE,
                        BOB,
                        BUY,
                        111,
                        7,
                        70,
                        2_331,
                        1,
                        5,
                        0,
                        0,
                        0));
    }

    @Test
    @DisplayName("R3 a maker rebate is paid out of the taker's fee of the same fill")
    void aRebateIsRoundedUpButNotAboveTheTakersFee() {
        Floor floor = with(new FeeTerms(-25, 25, HOUSE));
        floor.sell(ALICE, 111, 7);
        floor.buy(BOB, 111, 7);
        assertThat(fill(floor).takerFee()).isEqualTo(5);
        assertThat(fill(floor).makerFee())
                .as("ceil(5.8) = 6 is more than the taker pays")
                .isEqualTo(-5);

        Floor other = with(REBATE);
        other.sell(ALICE, 111, 7);
        other.buy(BOB, 111, 7);
        assertThat(fill(other).makerFee()).as("ceil(2.3)").isEqualTo(-3);
    }

    @Test
    void aFillMovesWhatIsPaidToSettlingAndReturnsWhatIsNotNeeded() {
        Floor floor = with(new FeeTerms(5, 25, HOUSE));
        floor.sell(ALICE, 111, 7);
        floor.buy(BOB, 120, 7);

        assertThat(floor.cash(BOB)).isEqualTo(new Balance(START - 2_336, 0, 2_336, 0, 0, 0));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 70, 0, 70, 0, 0, 0));
        assertThat(floor.touched()).containsExactly("2 cash", "1 gold");
    }

    @Test
    void aSettledFillGivesEachWhatTheOtherPaidAndTheHouseItsFees() {
        Floor floor = with(new FeeTerms(5, 25, HOUSE));
        floor.sell(ALICE, 111, 7);
        floor.buy(BOB, 111, 7);

        assertThat(floor.settle(1)).containsExactly("settled 1");
        assertThat(floor.touched()).containsExactly("2 cash", "1 gold", "2 gold", "1 cash", "9 cash");
        assertThat(floor.gold(BOB).available()).isEqualTo(START + 70);
        assertThat(floor.cash(ALICE).available()).isEqualTo(START + 2_330);
        assertThat(floor.cash(HOUSE).available()).isEqualTo(6);
        assertThat(floor.settle(1)).containsExactly("refused UNKNOWN_FILL");
    }

    @Test
    void aRebateReachesAMakerOfEitherSide() {
        Floor floor = with(REBATE);
        floor.buy(ALICE, 111, 7);
        floor.sell(BOB, 111, 7);
        floor.settle(1);
        assertThat(floor.cash(ALICE).available()).isEqualTo(START - 2_331 + 3);
        assertThat(floor.cash(BOB).available()).isEqualTo(START + 2_331 - 5);
        assertThat(floor.cash(HOUSE).available()).isEqualTo(2);

        floor.sell(ALICE, 111, 7);
        floor.buy(BOB, 111, 7);
        floor.settle(2);
        assertThat(floor.cash(ALICE).available()).isEqualTo(START + 6);
    }

    @Test
    void aReturnedFillGivesBackWhatWasPaidFeesToo() {
        Floor floor = with(new FeeTerms(5, 25, HOUSE));
        floor.sell(ALICE, 111, 7);
        floor.buy(BOB, 111, 7);

        assertThat(floor.apply(new Command.ReturnFill(new FillId(1)))).containsExactly("returned 1");
        assertThat(floor.touched()).containsExactly("2 cash", "1 gold");
        assertThat(floor.cash(BOB)).isEqualTo(new Balance(START, 0, 0, 0, 0, 0));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START, 0, 0, 0, 0, 0));
    }

    @Test
    void onlyAFillWithABondIsForfeited() {
        Floor floor = Floor.of(SPEC);
        floor.sell(ALICE, 100, 1);
        floor.buy(BOB, 100, 1);

        assertThat(floor.apply(new Command.ForfeitFill(new FillId(1)))).containsExactly("refused NOT_BONDED");
        assertThat(floor.apply(new Command.ForfeitFill(new FillId(2)))).containsExactly("refused UNKNOWN_FILL");
        assertThat(floor.apply(new Command.ReturnFill(new FillId(-1)))).containsExactly("refused UNKNOWN_FILL");
    }
}
