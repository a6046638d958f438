package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.BUY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelfTradeTest {
    private final Floor floor = Floor.of(SPEC);

    private List<String> buy(long lots, SelfTradePrevention mode) {
        return floor.place(ALICE, OrderTerms.limit(BUY, 100, lots).selfTrade(mode));
    }

    @Test
    void cancelNewestCancelsWhatRemainsOfTheArrivingOrder() {
        floor.sell(BOB, 100, 2);
        floor.sell(ALICE, 100, 3);

        assertThat(buy(9, SelfTradePrevention.CANCEL_NEWEST))
                .containsExactly(
                        "accepted 3 at 100",
                        "filled 2 of 1 by 3 at 100",
                        "cancelled 7 of 3: SELF_TRADE",
                        "ask 100: 3 in 1");
    }

    @Test
    void cancelNewestSaysNothingOfALevelInWhichNothingChanged() {
        floor.sell(ALICE, 100, 3);

        assertThat(buy(9, SelfTradePrevention.CANCEL_NEWEST))
                .containsExactly("accepted 2 at 100", "cancelled 9 of 2: SELF_TRADE");
    }

    @Test
    void cancelOldestCancelsTheRestingOrderAndGoesOn() {
        floor.sell(ALICE, 100, 3);
        floor.sell(BOB, 100, 2);

        assertThat(buy(2, SelfTradePrevention.CANCEL_OLDEST))
                .containsExactly(
                        "accepted 3 at 100",
                        "cancelled 3 of 1: SELF_TRADE",
                        "filled 2 of 2 by 3 at 100",
                        "ask 100: 0 in 0");
    }

    @Test
    void cancelBothCancelsTheRestingOrderThenTheArrivingOne() {
        floor.sell(ALICE, 100, 3);

        assertThat(buy(2, SelfTradePrevention.CANCEL_BOTH))
                .containsExactly(
                        "accepted 2 at 100",
                        "cancelled 3 of 1: SELF_TRADE",
                        "cancelled 2 of 2: SELF_TRADE",
                        "ask 100: 0 in 0");
    }

    @Test
    void decrementTakesTheSmallerRemainingFromBoth() {
        floor.sell(ALICE, 100, 5);

        assertThat(buy(2, SelfTradePrevention.DECREMENT_AND_CANCEL))
                .containsExactly(
                        "accepted 2 at 100",
                        "reduced 1 by 2: 3 of 3",
                        "cancelled 2 of 2: SELF_TRADE",
                        "ask 100: 3 in 1");
        assertThat(floor.order(1).terms().quantityLots()).isEqualTo(3);
    }

    @Test
    void decrementLeavesALargerArrivingOrderToGoOn() {
        floor.sell(ALICE, 100, 2);
        floor.sell(BOB, 100, 1);

        assertThat(buy(5, SelfTradePrevention.DECREMENT_AND_CANCEL))
                .containsExactly(
                        "accepted 3 at 100",
                        "cancelled 2 of 1: SELF_TRADE",
                        "reduced 3 by 2: 0 of 3",
                        "filled 1 of 2 by 3 at 100",
                        "ask 100: 0 in 0",
                        "rested 3: 2 of 2 at 100",
                        "bid 100: 2 in 1");
    }

    @Test
    void decrementCountsWhatAnIcebergHides() {
        floor.place(ALICE, OrderTerms.limit(Side.SELL, 100, 9).display(3));

        assertThat(buy(7, SelfTradePrevention.DECREMENT_AND_CANCEL)).contains("reduced 1 by 7: 2 of 2");
    }

    @Test
    void decrementCancelsWhatIsBelowTheSmallestFill() {
        Floor coarse = Floor.of(SPEC.with(new OrderBounds(1, 1, 3, 100, 3, 9)));
        coarse.sell(ALICE, 100, 5);

        assertThat(coarse.place(
                        ALICE, OrderTerms.limit(BUY, 100, 3).selfTrade(SelfTradePrevention.DECREMENT_AND_CANCEL)))
                .containsExactly(
                        "accepted 2 at 100",
                        "reduced 1 by 3: 2 of 2",
                        "cancelled 2 of 1: BELOW_MINIMUM_FILL",
                        "cancelled 3 of 2: SELF_TRADE",
                        "ask 100: 0 in 0");
    }

    @Test
    void ordersOfOneTradeGroupNeverTradeAndOnesWithoutDo() {
        OrderLabels group = new OrderLabels(0, 0, 0, 7);
        floor.place(ALICE, OrderTerms.limit(Side.SELL, 100, 1), group);
        floor.sell(CAROL, 100, 1);

        assertThat(floor.place(BOB, OrderTerms.limit(BUY, 100, 2).selfTrade(SelfTradePrevention.CANCEL_OLDEST), group))
                .contains("cancelled 1 of 1: SELF_TRADE", "filled 1 of 2 by 3 at 100");
    }

    @Test
    void theArrivingOrdersModeDecides() {
        floor.place(ALICE, OrderTerms.limit(Side.SELL, 100, 1).selfTrade(SelfTradePrevention.CANCEL_OLDEST));

        assertThat(buy(1, SelfTradePrevention.CANCEL_NEWEST)).contains("cancelled 1 of 2: SELF_TRADE");
        assertThat(floor.isOpen(1)).isTrue();
    }
}
