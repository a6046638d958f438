package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopTest {
    private final Floor floor = Floor.of(SPEC);

    /** The last trade is at a price from now on. */
    private void trade(long price) {
        floor.sell(CAROL, price, 1);
        floor.buy(BOB, price, 1);
    }

    @Test
    void aStopWaitsOutsideTheBookAndReserves() {
        assertThat(floor.place(ALICE, OrderTerms.stopLimit(BUY, 105, 107, 2))).containsExactly("accepted 1 at 107");

        assertThat(floor.book()).isEmpty();
        assertThat(floor.cash(ALICE).reserved()).isEqualTo(2 * 107 * 3);
        assertThat(floor.order(1).visibleLots()).isZero();
    }

    @Test
    void aStopThatBuysIsTriggeredWhenTheLastTradePriceReachesIt() {
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 105, 107, 2));
        trade(104);
        assertThat(floor.isOpen(1)).isTrue();
        floor.sell(CAROL, 105, 1);

        assertThat(floor.buy(BOB, 105, 1))
                .containsExactly(
                        "accepted 5 at 105",
                        "filled 1 of 4 by 5 at 105",
                        "ask 105: 0 in 0",
                        "triggered 1 at 107",
                        "rested 1: 2 of 2 at 107",
                        "bid 107: 2 in 1");
    }

    @Test
    void aStopThatSellsIsTriggeredWhenTheLastTradePriceFallsToIt() {
        floor.place(ALICE, OrderTerms.stopLimit(SELL, 95, 94, 2));
        trade(96);

        floor.sell(CAROL, 95, 1);
        assertThat(floor.buy(BOB, 95, 1)).endsWith("triggered 1 at 94", "rested 1: 2 of 2 at 94", "ask 94: 2 in 1");
    }

    @Test
    void withoutATradeNoStopIsReached() {
        assertThat(floor.place(ALICE, OrderTerms.stopLimit(SELL, Long.MAX_VALUE, 94, 2)))
                .hasSize(1);
        assertThat(floor.isOpen(1)).isTrue();
    }

    @Test
    void aStopWhosePriceIsReachedIsTriggeredAtOnce() {
        trade(100);

        assertThat(floor.place(ALICE, OrderTerms.stopLimit(BUY, 99, 98, 1)))
                .containsExactly("accepted 3 at 98", "triggered 3 at 98", "rested 3: 1 of 1 at 98", "bid 98: 1 in 1");
    }

    @Test
    void aTriggeredStopOfAMarketOrderIsHeldToItsSlippage() {
        floor.place(ALICE, OrderTerms.stop(BUY, 100, 5).price(150).slippage(100));
        floor.sell(CAROL, 100, 2);
        floor.sell(CAROL, 101, 1);
        floor.sell(CAROL, 102, 1);

        assertThat(floor.buy(BOB, 100, 1))
                .containsExactly(
                        "accepted 5 at 100",
                        "filled 1 of 2 by 5 at 100",
                        "ask 100: 1 in 1",
                        "triggered 1 at 101",
                        "filled 1 of 2 by 1 at 100",
                        "ask 100: 0 in 0",
                        "filled 1 of 3 by 1 at 101",
                        "ask 101: 0 in 0",
                        "cancelled 3 of 1: UNFILLED");
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START - 603, 0, 603, 0, 0, 0));
    }

    @Test
    void aTriggeredStopThatMeetsAnEmptySideIsCancelled() {
        floor.place(ALICE, OrderTerms.stop(SELL, 100, 5));
        floor.sell(CAROL, 100, 1);

        assertThat(floor.buy(BOB, 100, 1)).endsWith("triggered 1 at 0", "cancelled 5 of 1: UNFILLED");
        assertThat(floor.gold(ALICE).available()).isEqualTo(START);
    }

    @Test
    void aTriggeredOrderThatCannotBeFilledToItsMinimumIsCancelled() {
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 100, 5).minimum(3));
        floor.sell(CAROL, 100, 3);

        assertThat(floor.buy(BOB, 100, 1)).endsWith("triggered 1 at 100", "cancelled 5 of 1: NOT_FILLABLE");
    }

    @Test
    void aCascadeTakesTheNearestStopOfEachSideAndOfTheTwoTheOlder() {
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 102, 90, 1));
        floor.place(ALICE, OrderTerms.stopLimit(SELL, 100, 199, 1));
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 101, 90, 1));
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 101, 90, 1));
        floor.sell(CAROL, 100, 1);
        floor.sell(CAROL, 102, 1);

        assertThat(floor.buy(BOB, 102, 2))
                .filteredOn(told -> told.startsWith("triggered"))
                .containsExactly("triggered 2 at 199", "triggered 3 at 90", "triggered 4 at 90", "triggered 1 at 90");
    }

    @Test
    void aStopTriggersTheNextByItsFill() {
        floor.place(ALICE, OrderTerms.stop(BUY, 100, 1).price(200));
        floor.place(ALICE, OrderTerms.stop(BUY, 103, 1).price(200));
        floor.sell(CAROL, 100, 1);
        floor.sell(CAROL, 103, 1);
        floor.sell(CAROL, 104, 1);

        assertThat(floor.buy(BOB, 100, 1))
                .contains("filled 1 of 4 by 1 at 103", "triggered 2 at 200", "filled 1 of 5 by 2 at 104");
    }

    @Test
    void everyPriceThatACommandTradesAtCountsNotOnlyItsLast() {
        floor.place(ALICE, OrderTerms.stopLimit(SELL, 100, 199, 1));
        floor.sell(CAROL, 100, 1);
        floor.sell(CAROL, 105, 1);

        assertThat(floor.buy(BOB, 105, 2)).contains("triggered 1 at 199");
        assertThat(floor.place(ALICE, OrderTerms.stopLimit(SELL, 100, 199, 1)))
                .as("from then on only the last counts")
                .containsExactly("accepted 5 at 199");
    }

    @Test
    void aTriggeredStopLimitOrderIsALimitOrderAndDoesNotWaitAgain() {
        trade(100);
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 99, 98, 2));

        assertThat(floor.order(3).terms()).isEqualTo(OrderTerms.limit(BUY, 98, 2));
        assertThat(floor.amend(ALICE, 3, 30, 97, 2)).endsWith("rested 30: 2 of 2 at 97", "bid 97: 2 in 1");
    }

    @Test
    void stopsAreOnlyLookedAtWhileTheMarketIsOpen() {
        trade(100);
        floor.state(MarketState.AUCTION);
        assertThat(floor.place(ALICE, OrderTerms.stopLimit(BUY, 99, 98, 1))).containsExactly("accepted 3 at 98");

        assertThat(floor.state(MarketState.POST_ONLY)).containsExactly("state POST_ONLY");
        assertThat(floor.state(MarketState.OPEN)).startsWith("state OPEN", "triggered 3 at 98");
    }

    @Test
    void theReserveOfATriggeredOrderShrinksToItsHeldPrice() {
        floor.place(ALICE, OrderTerms.stop(BUY, 100, 5).price(150).slippage(1));
        floor.sell(CAROL, 100, 1);
        floor.sell(ALICE, 101, 1);
        floor.buy(BOB, 100, 1);

        assertThat(floor.touched()).containsExactly("2 cash", "3 gold", "1 cash");
        assertThat(floor.cash(ALICE).reserved()).isZero();
    }
}
