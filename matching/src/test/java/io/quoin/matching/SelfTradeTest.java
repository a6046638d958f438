package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.deeds;
import static io.quoin.matching.Floor.timed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelfTradeTest {
    private final Floor floor = Floor.rich();

    @Test
    void aTakerThatMeetsItsOwnOrderIsCancelledAndTheRestingOneStays() {
        floor.sell(ALICE, 100, 5);

        var events = floor.buy(ALICE, 100, 3);

        var accepted = (Event.OrderAccepted) events.getFirst();
        assertThat(accepted.restingLots()).isZero();
        assertThat(deeds(events).getLast())
                .isEqualTo(new Event.OrderCancelled(new OrderId(2), ALICE, CancelReason.SELF_TRADE, 3));
        assertThat(floor.asks()).containsExactly(new BookLevel(100, 5, 1));
        assertThat(floor.bids()).isEmpty();
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START, 0, 0, 0));
    }

    @Test
    void whatTheTakerFilledBeforeStands() {
        floor.sell(BOB, 99, 2);
        floor.sell(ALICE, 100, 5);
        floor.sell(BOB, 101, 5);

        var events = floor.buy(ALICE, 101, 9);

        assertThat(Floor.fills(events)).extracting(Event.Filled::maker).containsExactly(new OrderId(1));
        assertThat(deeds(events).getLast())
                .isEqualTo(new Event.OrderCancelled(new OrderId(4), ALICE, CancelReason.SELF_TRADE, 7));
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START - 594, 0, 594, 0));
    }

    @Test
    void aTakerThatIsFilledBeforeItMeetsItsOwnOrderIsNotCancelled() {
        floor.sell(BOB, 100, 2);
        floor.sell(ALICE, 100, 5);

        assertThat(deeds(floor.buy(ALICE, 100, 2))).noneMatch(Event.OrderCancelled.class::isInstance);
    }

    @Test
    void anOwnOrderThatHasExpiredIsNoSelfTrade() {
        floor.apply(timed(floor.order(ALICE, Side.SELL, 100, 5), 1_500, 1_000));

        var events = floor.apply(timed(floor.order(ALICE, Side.BUY, 100, 3), 9_000, 1_501));

        assertThat(deeds(events))
                .contains(new Event.OrderCancelled(new OrderId(1), ALICE, CancelReason.EXPIRED, 5))
                .hasSize(2);
        assertThat(floor.bids()).containsExactly(new BookLevel(100, 3, 1));
    }
}
