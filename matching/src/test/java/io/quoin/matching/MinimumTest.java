package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MinimumTest {
    private final Floor floor = Floor.of(SPEC);

    private List<String> buy(AccountId account, OrderTerms terms) {
        return floor.place(account, terms);
    }

    @Test
    void fillOrKillIsFilledWholeOrNotAtAll() {
        floor.sell(ALICE, 100, 3);
        OrderTerms kill = OrderTerms.limit(BUY, 100, 4).timeInForce(TimeInForce.FOK);

        assertThat(buy(BOB, kill)).containsExactly("rejected NOT_FILLABLE");
        assertThat(buy(BOB, kill.quantity(3)))
                .containsExactly("accepted 3 at 100", "filled 3 of 1 by 3 at 100", "ask 100: 0 in 0");
    }

    @Test
    void whatIsFilledAtOnceReachesTheMinimumOrTheOrderIsRejected() {
        floor.sell(ALICE, 100, 3);

        assertThat(buy(BOB, OrderTerms.limit(BUY, 100, 9).minimum(4))).containsExactly("rejected NOT_FILLABLE");
        assertThat(buy(BOB, OrderTerms.limit(BUY, 100, 9).minimum(3)))
                .endsWith("rested 3: 6 of 6 at 100", "bid 100: 6 in 1");
    }

    @Test
    void aMinimumCountsWhatIcebergsHide() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 6).display(2));

        assertThat(buy(BOB, OrderTerms.limit(BUY, 100, 6).timeInForce(TimeInForce.FOK)))
                .doesNotContain("rejected NOT_FILLABLE");
    }

    @Test
    void anOwnOrderInTheWayEndsWhatCountsForCancelNewest() {
        floor.sell(ALICE, 100, 2);
        floor.sell(BOB, 100, 2);
        floor.sell(ALICE, 100, 2);
        OrderTerms kill = OrderTerms.limit(BUY, 100, 4).timeInForce(TimeInForce.FOK);

        assertThat(buy(BOB, kill)).containsExactly("rejected NOT_FILLABLE");
        assertThat(buy(BOB, kill.selfTrade(SelfTradePrevention.CANCEL_BOTH))).containsExactly("rejected NOT_FILLABLE");
        assertThat(buy(BOB, kill.selfTrade(SelfTradePrevention.DECREMENT_AND_CANCEL)))
                .containsExactly("rejected NOT_FILLABLE");
        assertThat(buy(BOB, kill.selfTrade(SelfTradePrevention.CANCEL_OLDEST)))
                .contains("cancelled 2 of 2: SELF_TRADE");
    }

    @Test
    void theHiddenPartBehindAnOwnOrderDoesNotCountForCancelNewest() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 6).display(2));
        floor.sell(BOB, 100, 1);

        assertThat(buy(BOB, OrderTerms.limit(BUY, 100, 6).minimum(3))).containsExactly("rejected NOT_FILLABLE");
        assertThat(buy(BOB, OrderTerms.limit(BUY, 100, 6).minimum(2))).contains("cancelled 4 of 4: SELF_TRADE");
    }

    @Test
    void whatTheSmallestFillLeavesOutDoesNotCount() {
        Floor coarse = Floor.of(SPEC.with(new OrderBounds(1, 1, 3, 100, 3, 9)));
        coarse.sell(ALICE, 100, 3);
        coarse.sell(ALICE, 100, 3);

        assertThat(coarse.place(BOB, OrderTerms.limit(BUY, 100, 5).timeInForce(TimeInForce.FOK)))
                .containsExactly("rejected NOT_FILLABLE");
    }

    @Test
    void aMinimumIsNotLookedAtAgainWhenTheOrderRests() {
        floor.sell(ALICE, 100, 3);
        buy(BOB, OrderTerms.limit(BUY, 100, 9).minimum(3));

        assertThat(floor.sell(ALICE, 100, 1)).contains("filled 1 of 2 by 3 at 100");
        assertThat(floor.amend(BOB, 2, 20, 100, 1)).startsWith("amended 2 to 20: 1 at 100");
    }
}
