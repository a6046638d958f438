package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.deeds;
import static io.quoin.matching.Floor.fills;
import static io.quoin.matching.Floor.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancellingTest {
    private final Floor floor = Floor.rich();

    @Test
    void aCancelReturnsWhatTheRestReserved() {
        floor.buy(ALICE, 100, 5);
        floor.sell(BOB, 100, 2);

        var events = floor.apply(new Command.CancelOrder(new OrderId(1), ALICE));

        assertThat(deeds(events))
                .containsExactly(new Event.OrderCancelled(new OrderId(1), ALICE, CancelReason.REQUESTED, 3));
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START - 600, 0, 600, 0));
        assertThat(floor.bids()).isEmpty();
    }

    @Test
    void aCancelOfAnUnknownOrderIsRefused() {
        assertThat(floor.apply(new Command.CancelOrder(new OrderId(5), ALICE)))
                .containsExactly(refused(RefusalReason.UNKNOWN_ORDER));
    }

    @Test
    void aCancelByAnotherAccountIsRefused() {
        floor.buy(ALICE, 100, 5);

        assertThat(floor.apply(new Command.CancelOrder(new OrderId(1), BOB)))
                .containsExactly(refused(RefusalReason.NOT_OWNER));
        assertThat(floor.bids()).hasSize(1);
    }

    @Test
    void aCancelOfAFilledOrderIsRefused() {
        floor.buy(ALICE, 100, 5);
        floor.sell(BOB, 100, 5);

        assertThat(floor.apply(new Command.CancelOrder(new OrderId(1), ALICE)))
                .containsExactly(refused(RefusalReason.UNKNOWN_ORDER));
    }

    @Test
    void aSecondCancelIsRefused() {
        floor.buy(ALICE, 100, 5);
        floor.apply(new Command.CancelOrder(new OrderId(1), ALICE));

        assertThat(floor.apply(new Command.CancelOrder(new OrderId(1), ALICE)))
                .containsExactly(refused(RefusalReason.UNKNOWN_ORDER));
    }

    @Test
    void afterACancelTheNextPriceIsBest() {
        floor.sell(ALICE, 100, 1);
        floor.sell(ALICE, 101, 1);
        floor.apply(new Command.CancelOrder(new OrderId(1), ALICE));

        assertThat(fills(floor.buy(BOB, 100, 1))).isEmpty();
        assertThat(fills(floor.buy(BOB, 101, 1)))
                .extracting(Event.Filled::maker)
                .containsExactly(new OrderId(2));
    }

    @Test
    void aCancelInTheMiddleOfAQueueLosesNoneOfTheOthers() {
        floor.sell(ALICE, 100, 1);
        floor.sell(CAROL, 100, 2);
        floor.sell(ALICE, 100, 4);
        floor.apply(new Command.CancelOrder(new OrderId(2), CAROL));

        assertThat(floor.asks()).containsExactly(new BookLevel(100, 5, 2));
        assertThat(fills(floor.buy(BOB, 100, 5)))
                .extracting(Event.Filled::maker)
                .containsExactly(new OrderId(1), new OrderId(3));
    }
}
