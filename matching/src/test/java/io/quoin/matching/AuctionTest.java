package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuctionTest {
    private final Floor floor = Floor.of(SPEC.with(MarketState.AUCTION));

    @Test
    void ordersGatherCrossedAndTheIndicativePriceIsSaidWhenItChanges() {
        assertThat(floor.buy(ALICE, 102, 5))
                .containsExactly("accepted 1 at 102", "rested 1: 5 of 5 at 102", "bid 102: 5 in 1");

        assertThat(floor.sell(BOB, 100, 3)).endsWith("ask 100: 3 in 1", "indicative 100: 3, 2");
        assertThat(floor.sell(BOB, 103, 3)).endsWith("ask 103: 3 in 1");
        assertThat(floor.sell(BOB, 101, 2)).endsWith("indicative 101: 5, 0");
        assertThat(floor.cancel(ALICE, 1)).endsWith("bid 102: 0 in 0", "indicative 0: 0, 0");
    }

    @Test
    void theIndicativePriceFollowsTheReferencePriceToo() {
        floor.buy(ALICE, 110, 1);
        floor.sell(BOB, 100, 1);

        assertThat(floor.reference(107)).containsExactly("reference 107", "indicative 107: 1, 0");
        assertThat(floor.reference(120)).containsExactly("reference 120", "indicative 110: 1, 0");
    }

    @Test
    void theIndicativePriceIsSaidAnewInEveryAuction() {
        floor.buy(ALICE, 110, 1);
        floor.sell(BOB, 100, 1);

        assertThat(floor.state(MarketState.AUCTION)).as("it goes on").containsExactly("state AUCTION");
        floor.state(MarketState.HALTED);
        assertThat(floor.state(MarketState.AUCTION)).containsExactly("state AUCTION", "indicative 100: 1, 0");
    }

    @Test
    void theOnePriceHasTheMostVolume() {
        floor.buy(ALICE, 105, 4);
        floor.buy(ALICE, 103, 4);
        floor.sell(BOB, 101, 3);
        floor.sell(BOB, 103, 5);

        assertThat(floor.state(MarketState.OPEN)).contains("uncrossed at 103");
    }

    @Test
    void ofThoseTheSmallestImbalance() {
        floor.buy(ALICE, 105, 4);
        floor.buy(ALICE, 103, 4);
        floor.sell(BOB, 101, 4);

        assertThat(floor.state(MarketState.OPEN)).contains("uncrossed at 104");
    }

    @Test
    void ofThoseTheNearestToTheReferencePriceElseToTheLastElseTheLowest() {
        floor.buy(ALICE, 109, 1);
        floor.sell(BOB, 101, 1);
        assertThat(floor.state(MarketState.OPEN)).as("neither: the lowest").contains("uncrossed at 101");

        floor.sell(BOB, 107, 1);
        floor.buy(ALICE, 107, 1);
        floor.state(MarketState.AUCTION);
        floor.buy(ALICE, 109, 1);
        floor.sell(BOB, 101, 1);
        assertThat(floor.state(MarketState.OPEN)).as("the last").contains("uncrossed at 107");

        floor.state(MarketState.AUCTION);
        floor.buy(ALICE, 109, 1);
        floor.sell(BOB, 101, 1);
        floor.reference(104);
        assertThat(floor.state(MarketState.OPEN)).as("the reference").contains("uncrossed at 104");
    }

    @Test
    @DisplayName("R3 an auction fills at its one price, inside both limits")
    void everyFillIsAtTheOnePriceAndTheNewerOrderIsTaker() {
        floor.buy(ALICE, 105, 4);
        floor.sell(BOB, 100, 3);
        floor.sell(CAROL, 102, 3);

        assertThat(floor.state(MarketState.OPEN))
                .containsExactly(
                        "state OPEN",
                        "uncrossed at 102",
                        "filled 3 of 1 by 2 at 102",
                        "ask 100: 0 in 0",
                        "filled 1 of 1 by 3 at 102",
                        "bid 105: 0 in 0",
                        "ask 102: 2 in 1");
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START - 4 * 306, 0, 4 * 306, 0, 0, 0));
    }

    @Test
    void icebergsShowTheirNextPartInTheAuctionToo() {
        floor.place(ALICE, OrderTerms.limit(BUY, 100, 5).display(2));
        floor.buy(CAROL, 100, 1);
        floor.sell(BOB, 100, 4);

        assertThat(floor.state(MarketState.OPEN))
                .containsExactly(
                        "state OPEN",
                        "uncrossed at 100",
                        "filled 2 of 1 by 3 at 100",
                        "rested 1: 2 of 3 at 100",
                        "filled 1 of 2 by 3 at 100",
                        "filled 1 of 1 by 3 at 100",
                        "ask 100: 0 in 0",
                        "bid 100: 1 in 1");
    }

    @Test
    void ownOrdersMeetByTheNewerOnesMode() {
        floor.buy(ALICE, 100, 5);
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 3).selfTrade(SelfTradePrevention.DECREMENT_AND_CANCEL));

        assertThat(floor.state(MarketState.OPEN))
                .containsExactly(
                        "state OPEN",
                        "uncrossed at 100",
                        "reduced 1 by 3: 2 of 2",
                        "cancelled 3 of 2: SELF_TRADE",
                        "ask 100: 0 in 0",
                        "bid 100: 2 in 1");
    }

    @Test
    void anOwnOrderInTheWayIsCancelledAndTheOthersMeet() {
        floor.buy(ALICE, 110, 5);
        floor.sell(ALICE, 100, 5);
        floor.sell(BOB, 106, 1);
        floor.buy(CAROL, 107, 1);

        assertThat(floor.state(MarketState.OPEN))
                .containsExactly(
                        "state OPEN",
                        "uncrossed at 106",
                        "cancelled 5 of 2: SELF_TRADE",
                        "ask 100: 0 in 0",
                        "filled 1 of 1 by 3 at 106",
                        "ask 106: 0 in 0",
                        "bid 110: 4 in 1");
    }

    @Test
    void whatStillCrossesAfterwardsIsCancelledTheNewerFirst() {
        OrderLabels group = new OrderLabels(0, 0, 0, 7);
        floor.place(BOB, OrderTerms.limit(SELL, 102, 1), group);
        floor.sell(ALICE, 104, 5);
        floor.buy(CAROL, 103, 1);
        floor.place(ALICE, OrderTerms.limit(BUY, 110, 5), group);

        assertThat(floor.state(MarketState.OPEN))
                .containsExactly(
                        "state OPEN",
                        "uncrossed at 104",
                        "cancelled 5 of 4: SELF_TRADE",
                        "bid 110: 0 in 0",
                        "ask 102: 1 in 1",
                        "cancelled 1 of 3: AUCTION_RESIDUAL",
                        "bid 103: 0 in 0");
    }

    @Test
    void aMarketThatBecomesPostOnlyIsUncrossedToo() {
        floor.buy(ALICE, 100, 1);
        floor.sell(BOB, 100, 1);

        assertThat(floor.state(MarketState.CANCEL_ONLY)).containsExactly("state CANCEL_ONLY");
        assertThat(floor.state(MarketState.POST_ONLY)).contains("filled 1 of 1 by 2 at 100");
    }

    @Test
    void theOnePriceCountsAsLastTradePriceAndTriggersStops() {
        floor.place(CAROL, OrderTerms.stopLimit(BUY, 100, 90, 1));
        floor.buy(ALICE, 100, 1);
        floor.sell(BOB, 100, 1);

        assertThat(floor.state(MarketState.OPEN)).contains("triggered 1 at 90");
    }

    @Test
    void noStateChangeCancelsOrders() {
        floor.buy(ALICE, 100, 1);
        for (MarketState state : MarketState.values()) {
            assertThat(floor.state(state)).startsWith("state " + state);
        }

        assertThat(floor.book()).containsExactly("100: 1 in 1");
        assertThat(floor.apply(new Command.SetMarketState(new MarketId(5), MarketState.OPEN)))
                .containsExactly("refused UNKNOWN_MARKET");
    }
}
