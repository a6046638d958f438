package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.fills;
import static io.quoin.matching.Floor.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillsTest {
    private static final FillId FILL = new FillId(1);

    private final Floor floor = Floor.rich();

    @BeforeEach
    void aliceSellsFiveLotsToBobAtAHundred() {
        floor.sell(ALICE, 100, 5);
        floor.buy(BOB, 100, 5);
    }

    @Test
    void whatAFillPaysIsSettlingAndNobodyCanUseIt() {
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 50, 0, 50, 0));
        assertThat(floor.cash(BOB)).isEqualTo(new Balance(START - 1_500, 0, 1_500, 0));
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START, 0, 0, 0));
        assertThat(floor.gold(BOB)).isEqualTo(new Balance(START, 0, 0, 0));
    }

    @Test
    void aSettledFillGivesEachSideWhatTheOtherPaid() {
        assertThat(floor.apply(new Command.SettleFill(FILL)))
                .containsExactly(
                        new Event.FillSettled(FILL),
                        new Event.BalanceChanged(ALICE, GOLD, new Balance(START - 50, 0, 0, 0)),
                        new Event.BalanceChanged(ALICE, CASH, new Balance(START + 1_500, 0, 0, 0)),
                        new Event.BalanceChanged(BOB, GOLD, new Balance(START + 50, 0, 0, 0)),
                        new Event.BalanceChanged(BOB, CASH, new Balance(START - 1_500, 0, 0, 0)));
    }

    @Test
    void aReturnedFillGivesEachSideBackWhatItPaid() {
        assertThat(floor.apply(new Command.ReturnFill(FILL)))
                .containsExactly(
                        new Event.FillReturned(FILL),
                        new Event.BalanceChanged(ALICE, GOLD, new Balance(START, 0, 0, 0)),
                        new Event.BalanceChanged(BOB, CASH, new Balance(START, 0, 0, 0)));
    }

    @Test
    void aFillEndsOnce() {
        floor.apply(new Command.SettleFill(FILL));

        assertThat(floor.apply(new Command.SettleFill(FILL))).containsExactly(refused(RefusalReason.UNKNOWN_FILL));
        assertThat(floor.apply(new Command.ReturnFill(FILL))).containsExactly(refused(RefusalReason.UNKNOWN_FILL));
    }

    @Test
    void aReturnedFillCannotBeSettled() {
        floor.apply(new Command.ReturnFill(FILL));

        assertThat(floor.apply(new Command.SettleFill(FILL))).containsExactly(refused(RefusalReason.UNKNOWN_FILL));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 2, Long.MAX_VALUE})
    void aFillThatNeverWasIsRefused(long fill) {
        assertThat(floor.apply(new Command.SettleFill(new FillId(fill))))
                .containsExactly(refused(RefusalReason.UNKNOWN_FILL));
        assertThat(floor.apply(new Command.ReturnFill(new FillId(fill))))
                .containsExactly(refused(RefusalReason.UNKNOWN_FILL));
    }

    @Test
    void fillsEndInAnyOrder() {
        floor.sell(ALICE, 100, 1);
        var second = fills(floor.buy(BOB, 100, 1)).getFirst().fill();
        assertThat(second).isEqualTo(new FillId(2));

        floor.apply(new Command.ReturnFill(second));
        floor.apply(new Command.SettleFill(FILL));

        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 50, 0, 0, 0));
    }

    @Test
    void whatReturnsPaysWhatIsOwedFirst() {
        floor.apply(new Command.Debit(ALICE, GOLD, START));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 0, 50, 50));

        floor.apply(new Command.ReturnFill(FILL));

        assertThat(floor.gold(ALICE)).isEqualTo(Balance.ZERO);
    }

    @Test
    void whatAFillBringsPaysWhatIsOwedFirst() {
        floor.apply(new Command.Debit(ALICE, CASH, START + 1_000));

        floor.apply(new Command.SettleFill(FILL));

        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(500, 0, 0, 0));
    }

    @Test
    void aDebitDoesNotTouchWhatIsSettling() {
        floor.apply(new Command.Debit(BOB, CASH, START));

        assertThat(floor.cash(BOB)).isEqualTo(new Balance(0, 0, 1_500, 1_500));
    }
}
