package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.LATER;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.NOW;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Floor.fills;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PriceTimeTest {
    private final Floor floor = Floor.rich();

    @Test
    @DisplayName("R3 a fill is at the maker's price, and the buyer who offered more has the rest back at once")
    void aBuyPaysTheMakersPrice() {
        floor.sell(ALICE, 90, 5);

        var events = floor.buy(BOB, 100, 5);

        assertThat(events)
                .containsExactly(
                        new Event.OrderAccepted(new OrderId(2), BOB, MARKET, Side.BUY, 100, 5, 0, LATER),
                        new Event.Filled(
                                new FillId(1),
                                MARKET,
                                new OrderId(1),
                                new OrderId(2),
                                ALICE,
                                BOB,
                                Side.BUY,
                                90,
                                5,
                                50,
                                1_350,
                                0,
                                0),
                        new Event.BalanceChanged(ALICE, GOLD, new Balance(START - 50, 0, 50, 0)),
                        new Event.BalanceChanged(BOB, CASH, new Balance(START - 1_350, 0, 1_350, 0)));
    }

    @Test
    @DisplayName("R3 a seller who asked less has the maker's price too")
    void aSellEarnsTheMakersPrice() {
        floor.buy(ALICE, 100, 5);

        var fill = fills(floor.sell(BOB, 90, 5)).getFirst();

        assertThat(fill.priceTicks()).isEqualTo(100);
        assertThat(fill.quoteAmount()).isEqualTo(1_500);
        assertThat(fill.buyer()).isEqualTo(ALICE);
        assertThat(fill.seller()).isEqualTo(BOB);
        assertThat(floor.cash(ALICE)).isEqualTo(new Balance(START - 1_500, 0, 1_500, 0));
    }

    @Test
    void theBetterPriceTradesFirstAndThenTheOlderOrder() {
        floor.sell(ALICE, 101, 1);
        floor.sell(ALICE, 100, 1);
        floor.sell(CAROL, 100, 1);

        var fills = fills(floor.buy(BOB, 101, 3));

        assertThat(fills)
                .extracting(Event.Filled::maker)
                .containsExactly(new OrderId(2), new OrderId(3), new OrderId(1));
        assertThat(fills).extracting(Event.Filled::priceTicks).containsExactly(100L, 100L, 101L);
    }

    @Test
    void theHigherBidTradesFirst() {
        floor.buy(ALICE, 99, 1);
        floor.buy(ALICE, 100, 1);

        assertThat(fills(floor.sell(BOB, 1, 2)))
                .extracting(Event.Filled::priceTicks)
                .containsExactly(100L, 99L);
    }

    @Test
    void aPartlyFilledMakerKeepsItsPlace() {
        floor.sell(ALICE, 100, 5);
        floor.sell(CAROL, 100, 5);
        floor.buy(BOB, 100, 2);

        var fills = fills(floor.buy(BOB, 100, 4));

        assertThat(fills).extracting(Event.Filled::maker).containsExactly(new OrderId(1), new OrderId(2));
        assertThat(fills).extracting(Event.Filled::makerRemainingLots).containsExactly(0L, 4L);
        assertThat(fills).extracting(Event.Filled::takerRemainingLots).containsExactly(1L, 0L);
        assertThat(floor.asks()).containsExactly(new BookLevel(100, 4, 1));
    }

    @Test
    void whatATakerDoesNotFillRestsAtItsOwnLimit() {
        floor.sell(ALICE, 90, 2);

        var accepted = (Event.OrderAccepted) floor.buy(BOB, 100, 5).getFirst();

        assertThat(accepted.quantityLots()).isEqualTo(5);
        assertThat(accepted.restingLots()).isEqualTo(3);
        assertThat(floor.bids()).containsExactly(new BookLevel(100, 3, 1));
        assertThat(floor.asks()).isEmpty();
        assertThat(floor.cash(BOB)).isEqualTo(new Balance(START - 900 - 540, 900, 540, 0));
    }

    @Test
    void anOrderThatOnlyTouchesAWorsePriceDoesNotTrade() {
        floor.sell(ALICE, 101, 2);

        assertThat(fills(floor.buy(BOB, 100, 2))).isEmpty();
        assertThat(floor.bids()).containsExactly(new BookLevel(100, 2, 1));
        assertThat(floor.asks()).containsExactly(new BookLevel(101, 2, 1));
    }

    @Test
    void equalPricesTrade() {
        floor.sell(ALICE, 100, 2);

        assertThat(fills(floor.buy(BOB, 100, 2))).hasSize(1);
    }

    @Test
    void aFilledOrderIsGone() {
        floor.sell(ALICE, 100, 2);
        floor.buy(BOB, 100, 2);

        assertThat(floor.engine().order(new OrderId(1))).isEmpty();
        assertThat(floor.engine().order(new OrderId(2))).isEmpty();
        assertThat(floor.asks()).isEmpty();
        assertThat(floor.engine().nextExpirySeconds()).isEmpty();
    }

    @Test
    @DisplayName("a sweep through 100,000 levels is neither cut short nor recursive")
    void aSweepThroughManyLevels() {
        Engine engine = new Engine();
        engine.apply(new Command.OpenMarket(new MarketSpec(MARKET, GOLD, CASH, 1, 1)));
        engine.apply(new Command.Credit(ALICE, GOLD, 100_000));
        engine.apply(new Command.Credit(BOB, CASH, Long.MAX_VALUE));
        LongStream.rangeClosed(1, 100_000)
                .forEach(i -> engine.apply(
                        new Command.PlaceOrder(new OrderId(i), MARKET, ALICE, Side.SELL, i, 1, false, LATER, NOW)));

        var fills = fills(engine.apply(new Command.PlaceOrder(
                new OrderId(100_001), MARKET, BOB, Side.BUY, 100_000, 100_000, false, LATER, NOW)));

        assertThat(fills)
                .extracting(Event.Filled::priceTicks)
                .isEqualTo(LongStream.rangeClosed(1, 100_000).boxed().toList());
        assertThat(engine.book(MARKET, 1)).isEqualTo(new BookSnapshot(MARKET, List.of(), List.of()));
        assertThat(engine.balance(BOB, CASH).settling()).isEqualTo(100_000L * 100_001 / 2);
        assertThat(engine.balance(BOB, CASH).reserved()).isZero();
    }

    @Test
    void theBookShowsTheBestLevelsFirstAndNoMoreThanAsked() {
        LongStream.of(98, 100, 99).forEach(price -> floor.buy(ALICE, price, 1));
        LongStream.of(103, 101, 102, 101).forEach(price -> floor.sell(BOB, price, 2));

        var book = floor.engine().book(MARKET, 2);

        assertThat(book.bids()).containsExactly(new BookLevel(100, 1, 1), new BookLevel(99, 1, 1));
        assertThat(book.asks()).containsExactly(new BookLevel(101, 4, 2), new BookLevel(102, 2, 1));
    }

    @Test
    void aBookOfNoDepthOrOfNoMarketIsEmpty() {
        floor.buy(ALICE, 98, 1);

        assertThat(floor.engine().book(MARKET, 0).bids()).isEmpty();
        assertThat(floor.engine().book(MARKET, -1).bids()).isEmpty();
        assertThat(floor.engine().book(new MarketId(99), 5).bids()).isEmpty();
    }
}
