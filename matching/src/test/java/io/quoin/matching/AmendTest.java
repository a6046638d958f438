package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AmendTest {
    private final Floor floor = Floor.of(SPEC);

    private List<String> amend(long order, long newOrder, long price, long lots, long display, long expiry) {
        return floor.apply(new Command.AmendOrder(
                new OrderId(order), new OrderId(newOrder), ALICE, price, lots, display, expiry, 0));
    }

    @Test
    @DisplayName("R3 quantity downward needs no new signature, and keeps the place")
    void aReductionKeepsThePlace() {
        floor.sell(ALICE, 100, 5);
        floor.sell(CAROL, 100, 5);

        assertThat(floor.reduce(ALICE, 1, 100, 2)).containsExactly("reduced 1 by 3: 2 of 2", "ask 100: 7 in 2");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 20, 20, 0, 0, 0, 0));
        assertThat(floor.buy(BOB, 100, 1)).contains("filled 1 of 1 by 3 at 100");
    }

    @Test
    @DisplayName("R1 nothing about an order is anyone's to choose later: its terms stay as they were signed")
    void anOrdersTermsStayAsTheyWereGiven() {
        OrderTerms signed = OrderTerms.limit(SELL, 100, 9).display(3).until(50).postOnly(PostOnly.REJECT);
        floor.place(ALICE, signed);
        assertThat(floor.events().getFirst())
                .isEqualTo(new Event.OrderAccepted(new OrderId(1), MARKET, ALICE, signed, OrderLabels.NONE));

        floor.buy(BOB, 100, 4);
        floor.reference(70);
        floor.state(MarketState.AUCTION);
        assertThat(floor.order(1).terms()).isEqualTo(signed);
    }

    @Test
    void aReductionCountsWhatIsFilled() {
        floor.sell(ALICE, 100, 5);
        floor.buy(BOB, 100, 2);

        assertThat(floor.reduce(ALICE, 1, 100, 2)).containsExactly("amend rejected QUANTITY_FILLED");
        assertThat(floor.reduce(ALICE, 1, 100, 3)).containsExactly("reduced 1 by 2: 1 of 1", "ask 100: 1 in 1");
        assertThat(floor.order(1).terms().quantityLots()).isEqualTo(3);
    }

    @Test
    void aReductionOfAnIcebergTakesFromWhatIsHiddenFirst() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 9).display(3));

        assertThat(amend(1, 1, 100, 4, 3, 0)).startsWith("reduced 1 by 5: 3 of 4");
        assertThat(amend(1, 1, 100, 2, 3, 0)).startsWith("reduced 1 by 2: 2 of 2");
    }

    @Test
    void aStopThatWaitsIsReducedLikewise() {
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 100, 9));

        assertThat(floor.reduce(ALICE, 1, 100, 4)).containsExactly("reduced 1 by 5: 0 of 4");
        assertThat(floor.cash(ALICE).reserved()).isEqualTo(4 * 300);
    }

    @Test
    @DisplayName("R3 any amend but quantity downward carries a new order signature")
    void anythingElseUnderTheOldIdIsRejected() {
        floor.sell(ALICE, 100, 5);

        assertThat(floor.reduce(ALICE, 1, 101, 4)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
        assertThat(floor.reduce(ALICE, 1, 100, 5)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
        assertThat(floor.reduce(ALICE, 1, 100, 6)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
        assertThat(amend(1, 1, 100, 4, 1, 0)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
        assertThat(amend(1, 1, 100, 4, 0, 9)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
        assertThat(floor.book()).containsExactly("100: 5 in 1");
    }

    @Test
    void aSlidOrderIsReducedUnderThePriceThatItSlidTo() {
        floor.sell(BOB, 100, 5);
        floor.place(ALICE, OrderTerms.limit(BUY, 105, 5).postOnly(PostOnly.SLIDE));

        assertThat(floor.reduce(ALICE, 2, 105, 4)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
        assertThat(floor.reduce(ALICE, 2, 99, 3)).startsWith("reduced 2 by 2: 3 of 3");
        assertThat(floor.reduce(ALICE, 2, 100, 2)).containsExactly("amend rejected NEW_SIGNATURE_REQUIRED");
    }

    @Test
    void aReductionIsRejectedWithTheFirstReason() {
        Floor coarse = Floor.of(SPEC.with(new OrderBounds(1, 2, 4, 100, 4, 9)));
        coarse.sell(ALICE, 100, 10);
        coarse.buy(BOB, 100, 4);

        assertThat(coarse.reduce(ALICE, 7, 100, 8)).containsExactly("amend rejected UNKNOWN_ORDER");
        assertThat(coarse.reduce(BOB, 1, 100, 8)).containsExactly("amend rejected NOT_OWNER");
        assertThat(coarse.reduce(ALICE, 1, 100, 0)).containsExactly("amend rejected QUANTITY_INVALID");
        assertThat(coarse.reduce(ALICE, 1, 100, Long.MIN_VALUE)).containsExactly("amend rejected QUANTITY_INVALID");
        assertThat(coarse.reduce(ALICE, 1, 100, 7)).containsExactly("amend rejected QUANTITY_OFF_LOT");
        assertThat(coarse.reduce(ALICE, 1, 100, 4)).containsExactly("amend rejected QUANTITY_FILLED");
        assertThat(coarse.reduce(ALICE, 1, 100, 6)).containsExactly("amend rejected QUANTITY_TOO_SMALL");
        coarse.state(MarketState.HALTED);
        assertThat(coarse.reduce(ALICE, 1, 100, 8)).containsExactly("amend rejected MARKET_STATE");
    }

    @Test
    void aReplacementTakesANewPlaceUnderANewId() {
        floor.sell(ALICE, 100, 5);
        floor.sell(CAROL, 101, 5);

        assertThat(floor.amend(ALICE, 1, 10, 101, 4))
                .containsExactly(
                        "amended 1 to 10: 4 at 101", "ask 100: 0 in 0", "rested 10: 4 of 4 at 101", "ask 101: 9 in 2");
        assertThat(floor.isOpen(1)).isFalse();
        assertThat(floor.buy(BOB, 101, 1)).contains("filled 1 of 2 by 3 at 101");
    }

    @Test
    void aReplacementMatchesAsIfItArrived() {
        floor.sell(BOB, 100, 5);
        floor.buy(ALICE, 90, 5);

        assertThat(floor.amend(ALICE, 2, 20, 100, 7))
                .containsExactly(
                        "amended 2 to 20: 7 at 100",
                        "bid 90: 0 in 0",
                        "filled 5 of 1 by 20 at 100",
                        "ask 100: 0 in 0",
                        "rested 20: 2 of 2 at 100",
                        "bid 100: 2 in 1");
    }

    @Test
    void aReplacementMayUseWhatTheOldOrderReserves() {
        floor.buy(ALICE, 1, START / 3);
        assertThat(floor.cash(ALICE).available()).isEqualTo(1);

        assertThat(floor.amend(ALICE, 1, 2, 2, START / 6)).startsWith("amended 1 to 2: 166666 at 2");
    }

    @Test
    void aReplacementThatIsRejectedLeavesTheOldOrderAsItWas() {
        floor.sell(ALICE, 100, 5);
        floor.sell(CAROL, 100, 5);
        floor.buy(BOB, 90, 1);

        assertThat(floor.amend(ALICE, 1, 2, 101, 4)).containsExactly("amend rejected DUPLICATE_ORDER");
        assertThat(floor.amend(ALICE, 1, 0, 101, 4)).containsExactly("amend rejected ORDER_ID_INVALID");
        assertThat(floor.amend(ALICE, 1, 9, 101, START)).containsExactly("amend rejected INSUFFICIENT_BALANCE");
        assertThat(amend(1, 9, 101, 4, 0, -1)).containsExactly("amend rejected TERMS_INVALID");
        assertThat(floor.touched()).isEmpty();
        assertThat(floor.buy(BOB, 100, 1)).contains("filled 1 of 1 by 4 at 100");
    }

    @Test
    void aReplacementIsGoodTillDateIfItHasAnExpiry() {
        floor.sell(ALICE, 100, 5);
        amend(1, 2, 100, 5, 0, 50);
        assertThat(floor.order(2).terms())
                .isEqualTo(OrderTerms.limit(SELL, 100, 5).until(50));

        amend(2, 3, 100, 5, 0, 0);
        assertThat(floor.order(3).terms()).isEqualTo(OrderTerms.limit(SELL, 100, 5));
    }

    @Test
    void aReplacedStopWaitsAgain() {
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 100, 9));

        assertThat(floor.amend(ALICE, 1, 2, 101, 4)).containsExactly("amended 1 to 2: 4 at 101");
        assertThat(floor.order(2).terms()).isEqualTo(OrderTerms.stopLimit(BUY, 100, 101, 4));
    }
}
