package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.LATER;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.deeds;
import static io.quoin.matching.Floor.fills;
import static io.quoin.matching.Floor.postOnly;
import static io.quoin.matching.Floor.rejected;
import static io.quoin.matching.Floor.timed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostOnlyTest {
    private final Floor floor = Floor.rich();

    @Test
    @DisplayName("R3 a post-only order is never taker")
    void aPostOnlyOrderThatWouldCrossIsRejected() {
        floor.sell(ALICE, 100, 5);

        assertThat(floor.apply(postOnly(floor.order(BOB, Side.BUY, 100, 1))))
                .containsExactly(rejected(new OrderId(2), RejectReason.POST_ONLY_WOULD_CROSS));
        assertThat(floor.cash(BOB)).isEqualTo(new Balance(START, 0, 0, 0));
        assertThat(floor.asks()).containsExactly(new BookLevel(100, 5, 1));
    }

    @Test
    void aPostOnlyOrderThatDoesNotCrossRestsAndTradesAsMaker() {
        floor.sell(ALICE, 101, 5);
        floor.apply(postOnly(floor.order(BOB, Side.BUY, 100, 1)));

        assertThat(fills(floor.sell(ALICE, 100, 1)))
                .extracting(Event.Filled::maker)
                .containsExactly(new OrderId(2));
    }

    @Test
    void aPostOnlyOrderThatWouldMeetItsOwnersOrderIsRejected() {
        floor.sell(ALICE, 100, 5);

        assertThat(floor.apply(postOnly(floor.order(ALICE, Side.BUY, 100, 1))))
                .containsExactly(rejected(new OrderId(2), RejectReason.POST_ONLY_WOULD_CROSS));
    }

    @Test
    void aPostOnlyOrderIsRejectedForWantOfBalanceBeforeItMeetsAny() {
        floor.apply(timed(floor.order(ALICE, Side.SELL, 100, 5), 1_500, 1_000));

        assertThat(floor.apply(postOnly(timed(floor.order(BOB, Side.BUY, START, 1), 9_000, 1_501))))
                .containsExactly(rejected(new OrderId(2), RejectReason.INSUFFICIENT_BALANCE));
        assertThat(floor.asks()).hasSize(1);
    }

    @Test
    void expiredOrdersThatItMeetsAreCancelledAndDoNotCross() {
        floor.apply(timed(floor.order(ALICE, Side.SELL, 100, 5), 1_500, 1_000));

        var events = floor.apply(postOnly(timed(floor.order(BOB, Side.BUY, 100, 1), LATER, 1_501)));

        assertThat(deeds(events))
                .containsExactly(
                        new Event.OrderCancelled(new OrderId(1), ALICE, CancelReason.EXPIRED, 5),
                        new Event.OrderAccepted(new OrderId(2), BOB, MARKET, Side.BUY, 100, 1, 1, LATER));
    }

    @Test
    void expiredOrdersThatItMeetsAreCancelledEvenIfItIsThenRejected() {
        floor.apply(timed(floor.order(ALICE, Side.SELL, 99, 5), 1_500, 1_000));
        floor.sell(ALICE, 100, 5);

        var events = floor.apply(postOnly(timed(floor.order(BOB, Side.BUY, 100, 1), LATER, 1_501)));

        assertThat(deeds(events))
                .containsExactly(
                        new Event.OrderCancelled(new OrderId(1), ALICE, CancelReason.EXPIRED, 5),
                        rejected(new OrderId(3), RejectReason.POST_ONLY_WOULD_CROSS));
    }
}
