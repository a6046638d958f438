package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.deeds;
import static io.quoin.matching.Floor.fills;
import static io.quoin.matching.Floor.rejected;
import static io.quoin.matching.Floor.timed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private final Floor floor = Floor.rich();

    private Event cancelled(long order, AccountId account, long lots) {
        return new Event.OrderCancelled(new OrderId(order), account, CancelReason.EXPIRED, lots);
    }

    private List<Event> place(AccountId account, Side side, long price, long lots, long expiry, long now) {
        return floor.apply(timed(floor.order(account, side, price, lots), expiry, now));
    }

    @Test
    void anOrderMayBePlacedInItsLastSecondAndNotAfter() {
        var inTime = place(ALICE, Side.SELL, 100, 1, 1_500, 1_500);
        var late = place(ALICE, Side.SELL, 100, 1, 1_500, 1_501);

        assertThat(inTime.getFirst()).isInstanceOf(Event.OrderAccepted.class);
        assertThat(late).containsExactly(rejected(new OrderId(2), RejectReason.EXPIRED));
    }

    @Test
    void aRestingOrderTradesInItsLastSecond() {
        place(ALICE, Side.SELL, 100, 1, 1_500, 1_000);

        assertThat(fills(place(BOB, Side.BUY, 100, 1, 9_000, 1_500))).hasSize(1);
    }

    @Test
    void aRestingOrderThatExpiredIsCancelledWhenMetAndTheNextOneTrades() {
        place(ALICE, Side.SELL, 100, 1, 1_500, 1_000);
        place(ALICE, Side.SELL, 101, 1, 9_000, 1_000);

        var events = deeds(place(BOB, Side.BUY, 101, 1, 9_000, 1_501));

        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isEqualTo(cancelled(1, ALICE, 1));
        assertThat(((Event.Filled) events.get(2)).maker()).isEqualTo(new OrderId(2));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START - 10, 0, 10, 0));
    }

    @Test
    void anExpiredOrderThatIsNotMetStaysUntilExpireOrders() {
        place(ALICE, Side.SELL, 100, 1, 1_500, 1_000);
        place(BOB, Side.BUY, 99, 1, 9_000, 1_501);

        assertThat(floor.asks()).hasSize(1);
        assertThat(deeds(floor.apply(new Command.ExpireOrders(1_501)))).containsExactly(cancelled(1, ALICE, 1));
        assertThat(floor.asks()).isEmpty();
    }

    @Test
    void expireOrdersCancelsByExpiryAndThenById() {
        place(ALICE, Side.SELL, 100, 1, 1_700, 1_000);
        place(BOB, Side.BUY, 50, 2, 1_600, 1_000);
        place(ALICE, Side.SELL, 99, 3, 1_500, 1_000);
        place(BOB, Side.BUY, 51, 4, 1_500, 1_000);
        place(BOB, Side.BUY, 52, 5, 1_701, 1_000);

        var events = floor.apply(new Command.ExpireOrders(1_701));

        assertThat(deeds(events))
                .containsExactly(
                        cancelled(3, ALICE, 3), cancelled(4, BOB, 4), cancelled(2, BOB, 2), cancelled(1, ALICE, 1));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START, 0, 0, 0));
    }

    @Test
    void expireOrdersWithNothingToDoSaysNothing() {
        place(ALICE, Side.SELL, 100, 1, 1_700, 1_000);

        assertThat(floor.apply(new Command.ExpireOrders(1_700))).isEmpty();
    }

    @Test
    void nextExpiryIsTheEarliestOfTheOpenOrders() {
        assertThat(floor.engine().nextExpirySeconds()).isEmpty();
        place(ALICE, Side.SELL, 100, 1, 1_700, 1_000);
        place(ALICE, Side.SELL, 100, 1, 1_600, 1_000);

        assertThat(floor.engine().nextExpirySeconds()).hasValue(1_600);
        floor.apply(new Command.CancelOrder(new OrderId(2), ALICE));
        assertThat(floor.engine().nextExpirySeconds()).hasValue(1_700);
    }

    @Test
    void anOrderWithTheLastExpiryThereIsNeverExpires() {
        place(ALICE, Side.SELL, 100, 1, Long.MAX_VALUE, 1_000);

        assertThat(floor.apply(new Command.ExpireOrders(Long.MAX_VALUE))).isEmpty();
        assertThat(floor.asks()).hasSize(1);
    }

    @Test
    void timeDoesNotRunBackwards() {
        floor.apply(new Command.ExpireOrders(1_600));

        assertThat(place(ALICE, Side.SELL, 100, 1, 1_500, 1_000))
                .containsExactly(rejected(new OrderId(1), RejectReason.EXPIRED));
        place(ALICE, Side.SELL, 100, 1, 1_600, 1_000);
        place(BOB, Side.BUY, 50, 1, 9_000, 1_601);
        assertThat(deeds(floor.apply(new Command.ExpireOrders(0)))).containsExactly(cancelled(2, ALICE, 1));
    }

    @Test
    void aRejectedOrderTellsTheTimeToo() {
        place(ALICE, Side.SELL, 0, 1, 9_000, 1_600);

        assertThat(place(ALICE, Side.SELL, 100, 1, 1_500, 1_000))
                .containsExactly(rejected(new OrderId(2), RejectReason.EXPIRED));
    }
}
