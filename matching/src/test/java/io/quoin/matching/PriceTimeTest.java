package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PriceTimeTest {
    private final Floor floor = Floor.of(SPEC);

    @Test
    void theBestPriceThenTheOldestOrderIsMetFirst() {
        floor.sell(ALICE, 101, 2);
        floor.sell(ALICE, 100, 2);
        floor.sell(BOB, 100, 2);

        assertThat(floor.buy(CAROL, 101, 5))
                .containsExactly(
                        "accepted 4 at 101",
                        "filled 2 of 2 by 4 at 100",
                        "filled 2 of 3 by 4 at 100",
                        "ask 100: 0 in 0",
                        "filled 1 of 1 by 4 at 101",
                        "ask 101: 1 in 1");
    }

    @Test
    void anOrderThatDoesNotReachTheOtherSideRests() {
        floor.sell(ALICE, 101, 2);

        assertThat(floor.buy(BOB, 100, 3))
                .containsExactly("accepted 2 at 100", "rested 2: 3 of 3 at 100", "bid 100: 3 in 1");
        assertThat(floor.book()).containsExactly("100: 3 in 1", "101: 2 in 1");
    }

    @Test
    @DisplayName("R3 each side pays the maker's price")
    void aFillIsAtTheMakersPrice() {
        floor.sell(ALICE, 100, 2);
        floor.buy(BOB, 109, 2);

        assertThat(floor.cash(BOB)).isEqualTo(new Balance(Floor.START - 600, 0, 600, 0, 0, 0));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(Floor.START - 20, 0, 20, 0, 0, 0));
    }

    @Test
    void fillsAreNumberedFromOne() {
        floor.sell(ALICE, 100, 2);
        floor.sell(ALICE, 101, 2);
        floor.buy(BOB, 101, 3);

        assertThat(floor.events())
                .filteredOn(event -> event instanceof Event.Filled)
                .extracting(event -> ((Event.Filled) event).fill().value())
                .containsExactly(1L, 2L);
    }

    @Test
    void whatRemainsOfAnOrderThatDoesNotRestIsCancelled() {
        floor.sell(ALICE, 100, 2);

        assertThat(floor.place(BOB, OrderTerms.limit(BUY, 100, 5).timeInForce(TimeInForce.IOC)))
                .containsExactly(
                        "accepted 2 at 100",
                        "filled 2 of 1 by 2 at 100",
                        "ask 100: 0 in 0",
                        "cancelled 3 of 2: UNFILLED");
        assertThat(floor.book()).isEmpty();
    }

    @Test
    void whatRemainsOfAnOrderThatRestsTakesTheLastPlaceOfItsLevel() {
        floor.sell(ALICE, 100, 2);
        floor.buy(CAROL, 99, 1);

        assertThat(floor.buy(BOB, 100, 5)).endsWith("ask 100: 0 in 0", "rested 3: 3 of 3 at 100", "bid 100: 3 in 1");
        assertThat(floor.sell(ALICE, 99, 4)).contains("filled 3 of 3 by 4 at 100", "filled 1 of 2 by 4 at 99");
    }

    @Test
    void aMakerBelowTheSmallestFillIsCancelled() {
        Floor coarse = Floor.of(SPEC.with(new OrderBounds(1, 1, 3, 100, 3, 9)));
        coarse.sell(ALICE, 100, 5);

        assertThat(coarse.buy(BOB, 100, 3))
                .containsExactly(
                        "accepted 2 at 100",
                        "filled 3 of 1 by 2 at 100",
                        "cancelled 2 of 1: BELOW_MINIMUM_FILL",
                        "ask 100: 0 in 0");
    }

    @Test
    void aTakerBelowTheSmallestFillIsCancelledAndDoesNotMeetTheNext() {
        Floor coarse = Floor.of(SPEC.with(new OrderBounds(1, 1, 3, 100, 3, 9)));
        coarse.sell(ALICE, 100, 3);
        coarse.sell(ALICE, 100, 3);

        assertThat(coarse.buy(BOB, 100, 5))
                .containsExactly(
                        "accepted 3 at 100",
                        "filled 3 of 1 by 3 at 100",
                        "ask 100: 3 in 1",
                        "cancelled 2 of 3: BELOW_MINIMUM_FILL");
    }

    @Test
    void anIcebergShowsItsNextPartBehindTheOthersOfItsLevel() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 5).display(2));
        floor.sell(CAROL, 100, 3);
        assertThat(floor.book()).containsExactly("100: 5 in 2");

        assertThat(floor.buy(BOB, 100, 6))
                .containsExactly(
                        "accepted 3 at 100",
                        "filled 2 of 1 by 3 at 100",
                        "rested 1: 2 of 3 at 100",
                        "filled 3 of 2 by 3 at 100",
                        "filled 1 of 1 by 3 at 100",
                        "ask 100: 1 in 1");
        assertThat(floor.order(1).remainingLots()).isEqualTo(2);
    }

    @Test
    void theLastPartOfAnIcebergIsWhatRemains() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 5).display(4));

        assertThat(floor.buy(BOB, 100, 4)).contains("rested 1: 1 of 1 at 100", "ask 100: 1 in 1");
    }

    @Test
    void aDisplayOfTheWholeQuantityCountsAsNone() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 5).display(5));

        assertThat(floor.order(1).terms().displayLots()).isZero();
        assertThat(floor.place(BOB, OrderTerms.market(BUY, 5).display(5))).contains("filled 5 of 1 by 2 at 100");
    }
}
