package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostOnlyTest {
    private final Floor floor = Floor.of(SPEC);

    private List<String> post(AccountId account, Side side, long price, PostOnly postOnly) {
        return floor.place(account, OrderTerms.limit(side, price, 2).postOnly(postOnly));
    }

    @Test
    @DisplayName("R3 an order that signs POST_ONLY is never taker")
    void aPostOnlyOrderThatWouldCrossIsRejected() {
        floor.sell(ALICE, 100, 5);

        assertThat(post(BOB, BUY, 100, PostOnly.REJECT)).containsExactly("rejected POST_ONLY_WOULD_CROSS");
        assertThat(post(BOB, BUY, 99, PostOnly.REJECT)).contains("rested 3: 2 of 2 at 99");
    }

    @Test
    void itIsRejectedAlsoIfItsOwnersOrderWouldBeMet() {
        floor.sell(ALICE, 100, 5);

        assertThat(post(ALICE, BUY, 100, PostOnly.REJECT)).containsExactly("rejected POST_ONLY_WOULD_CROSS");
    }

    @Test
    @DisplayName("R3 a maker that signed SLIDE gets a price behind the best of the other side")
    void aSlidingOrderMovesBehindTheBestPriceOfTheOtherSide() {
        floor.sell(ALICE, 100, 5);

        assertThat(post(BOB, BUY, 105, PostOnly.SLIDE))
                .containsExactly("accepted 2 at 99", "rested 2: 2 of 2 at 99", "bid 99: 2 in 1");
        assertThat(floor.cash(BOB).reserved()).isEqualTo(2 * 99 * 3);
        assertThat(post(CAROL, SELL, 90, PostOnly.SLIDE)).startsWith("accepted 3 at 100");
    }

    @Test
    void aSlidOrderKeepsItsPriceWhenTheOtherSideMoves() {
        floor.sell(ALICE, 100, 5);
        post(BOB, BUY, 105, PostOnly.SLIDE);

        floor.cancel(ALICE, 1);

        assertThat(floor.book()).containsExactly("99: 2 in 1");
    }

    @Test
    void anOrderThatCannotSlideIsRejected() {
        floor.sell(ALICE, 1, 5);

        assertThat(post(BOB, BUY, 1, PostOnly.SLIDE)).containsExactly("rejected POST_ONLY_WOULD_CROSS");
    }

    @Test
    void anOrderThatWouldSlideOutOfTheBandIsRejected() {
        Floor banded = Floor.of(SPEC.with(new PriceBand(500, 100)));
        banded.sell(ALICE, 95, 5);

        assertThat(banded.place(BOB, OrderTerms.limit(BUY, 105, 1).postOnly(PostOnly.SLIDE)))
                .containsExactly("rejected POST_ONLY_WOULD_CROSS");
    }

    @Test
    void anOrderIsRejectedForWantOfBalanceBeforeItsCrossIsLookedAt() {
        floor.sell(ALICE, 100, 5);

        assertThat(floor.place(BOB, OrderTerms.limit(BUY, START, 1).postOnly(PostOnly.REJECT)))
                .containsExactly("rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void theSameHoldsInAnAuctionAndInAPostOnlyMarket() {
        floor.sell(ALICE, 100, 5);
        floor.state(MarketState.AUCTION);
        assertThat(post(BOB, BUY, 100, PostOnly.REJECT)).containsExactly("rejected POST_ONLY_WOULD_CROSS");
        assertThat(post(BOB, BUY, 100, PostOnly.SLIDE)).startsWith("accepted 3 at 99");

        floor.state(MarketState.POST_ONLY);
        assertThat(post(BOB, BUY, 100, PostOnly.REJECT)).containsExactly("rejected POST_ONLY_WOULD_CROSS");
    }

    @Test
    @DisplayName("R3 an order that signs POST_ONLY is not taker in an auction either")
    void aPostOnlyOrderIsMakerOfWhatComesLaterInTheAuction() {
        floor.state(MarketState.AUCTION);
        post(BOB, BUY, 100, PostOnly.REJECT);
        floor.sell(ALICE, 99, 2);

        assertThat(floor.state(MarketState.OPEN)).contains("filled 2 of 1 by 2 at 99");
    }
}
