package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.LATER;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.NOW;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacingTest {
    private final Floor floor = Floor.rich();

    @Test
    void aSellReservesItsLotsInBase() {
        var events = floor.sell(ALICE, 100, 5);

        assertThat(events)
                .containsExactly(
                        new Event.OrderAccepted(new OrderId(1), ALICE, MARKET, Side.SELL, 100, 5, 5, LATER),
                        new Event.BalanceChanged(ALICE, Floor.GOLD, new Balance(START - 50, 50, 0, 0)));
        assertThat(floor.asks()).containsExactly(new BookLevel(100, 5, 1));
        assertThat(floor.engine().order(new OrderId(1)))
                .contains(new OpenOrder(new OrderId(1), MARKET, ALICE, Side.SELL, 100, 5, 5, LATER));
    }

    @Test
    void aBuyReservesItsLotsTimesItsLimitInQuote() {
        floor.buy(ALICE, 100, 5);

        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START - 1_500, 1_500, 0, 0));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START, 0, 0, 0));
        assertThat(floor.bids()).containsExactly(new BookLevel(100, 5, 1));
    }

    @Test
    void anOrderMayReserveAllThatIsAvailableAndNotAUnitMore() {
        var exact = floor.sell(ALICE, 100, START / 10);
        var short1 = floor.sell(ALICE, 100, 1);

        assertThat(exact.getFirst()).isInstanceOf(Event.OrderAccepted.class);
        assertThat(short1).containsExactly(rejected(floor.last(), RejectReason.INSUFFICIENT_BALANCE));
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, START, 0, 0));
    }

    @Test
    void aBuyNeedsItsLimitPriceEvenWhereItWouldTradeForLess() {
        Floor poor = Floor.poor();
        poor.apply(new Command.Credit(ALICE, Floor.GOLD, 10));
        poor.apply(new Command.Credit(BOB, Floor.CASH, 299));
        poor.sell(ALICE, 50, 1);

        var events = poor.buy(BOB, 100, 1);

        assertThat(events).containsExactly(rejected(poor.last(), RejectReason.INSUFFICIENT_BALANCE));
    }

    @Test
    void anOrderForAnUnknownMarketIsRejected() {
        var o = floor.order(ALICE, Side.BUY, 1, 1);
        var elsewhere = new Command.PlaceOrder(o.order(), new MarketId(99), ALICE, Side.BUY, 1, 1, false, LATER, NOW);

        assertThat(floor.apply(elsewhere)).containsExactly(rejected(o.order(), RejectReason.UNKNOWN_MARKET));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aPriceThatIsNotPositiveIsRejected(long price) {
        assertThat(floor.buy(ALICE, price, 1)).containsExactly(rejected(floor.last(), RejectReason.PRICE_NOT_POSITIVE));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aQuantityThatIsNotPositiveIsRejected(long lots) {
        assertThat(floor.sell(ALICE, 1, lots))
                .containsExactly(rejected(floor.last(), RejectReason.QUANTITY_NOT_POSITIVE));
    }

    @Test
    void anAmountThatDoesNotFitIsRejectedOnEitherSide() {
        assertThat(floor.buy(ALICE, Long.MAX_VALUE, Long.MAX_VALUE))
                .containsExactly(rejected(floor.last(), RejectReason.AMOUNT_TOO_LARGE));
        assertThat(floor.sell(ALICE, Long.MAX_VALUE, Long.MAX_VALUE))
                .containsExactly(rejected(floor.last(), RejectReason.AMOUNT_TOO_LARGE));
        assertThat(floor.buy(ALICE, 1, Long.MAX_VALUE / 10 + 1))
                .containsExactly(rejected(floor.last(), RejectReason.AMOUNT_TOO_LARGE));
        assertThat(floor.sell(ALICE, Long.MAX_VALUE / 3 + 1, 1))
                .containsExactly(rejected(floor.last(), RejectReason.AMOUNT_TOO_LARGE));
    }

    @Test
    void theLargestAmountsThatFitAreOnlyShortOfBalance() {
        assertThat(floor.buy(ALICE, 1, Long.MAX_VALUE / 10))
                .containsExactly(rejected(floor.last(), RejectReason.INSUFFICIENT_BALANCE));
        assertThat(floor.buy(ALICE, Long.MAX_VALUE / 3, 1))
                .containsExactly(rejected(floor.last(), RejectReason.INSUFFICIENT_BALANCE));
    }

    @Test
    void aDuplicateIdIsRejectedWhileTheOrderIsOpenAndAfterItClosed() {
        floor.sell(ALICE, 100, 5);
        var again = new Command.PlaceOrder(floor.last(), MARKET, BOB, Side.BUY, 100, 5, false, LATER, NOW);

        assertThat(floor.apply(again)).containsExactly(rejected(floor.last(), RejectReason.DUPLICATE_ORDER));
        floor.apply(new Command.CancelOrder(floor.last(), ALICE));
        assertThat(floor.apply(again)).containsExactly(rejected(floor.last(), RejectReason.DUPLICATE_ORDER));
    }

    @Test
    void aDuplicateIdNeitherTradesNorRests() {
        floor.sell(ALICE, 100, 5);
        floor.sell(ALICE, 101, 5);
        var crossing = new Command.PlaceOrder(floor.last(), MARKET, BOB, Side.BUY, 200, 9, false, LATER, NOW);

        assertThat(floor.apply(crossing)).containsExactly(rejected(floor.last(), RejectReason.DUPLICATE_ORDER));
        assertThat(floor.asks()).containsExactly(new BookLevel(100, 5, 1), new BookLevel(101, 5, 1));
    }

    @Test
    void theIdOfARejectedOrderIsSpent() {
        var o = floor.order(ALICE, Side.BUY, 0, 1);
        floor.apply(o);
        var mended = new Command.PlaceOrder(o.order(), MARKET, ALICE, Side.BUY, 1, 1, false, LATER, NOW);

        assertThat(floor.apply(mended)).containsExactly(rejected(o.order(), RejectReason.DUPLICATE_ORDER));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 6})
    void anIdThatDoesNotRiseIsRejected(long id) {
        floor.apply(new Command.PlaceOrder(new OrderId(7), MARKET, ALICE, Side.BUY, 1, 1, false, LATER, NOW));
        var lower = new Command.PlaceOrder(new OrderId(id), MARKET, ALICE, Side.BUY, 1, 1, false, LATER, NOW);

        assertThat(floor.apply(lower)).containsExactly(rejected(new OrderId(id), RejectReason.DUPLICATE_ORDER));
    }

    @Test
    void reasonsAreCheckedInTheOrderOfTheirEnum() {
        var hopeless = new Command.PlaceOrder(new OrderId(1), new MarketId(99), ALICE, Side.BUY, 0, 0, true, 0, NOW);

        assertThat(floor.apply(hopeless)).containsExactly(rejected(new OrderId(1), RejectReason.UNKNOWN_MARKET));
        assertThat(floor.apply(hopeless)).containsExactly(rejected(new OrderId(1), RejectReason.DUPLICATE_ORDER));
    }
}
