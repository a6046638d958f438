package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults that a survey of public matching engines found again and again, each as a test. */
class TrapsTest {
    private final Floor floor = Floor.of(SPEC);

    @Test
    void aFillIsNotAtTheTakersPrice() {
        floor.sell(ALICE, 100, 1);

        assertThat(floor.buy(BOB, 110, 1)).contains("filled 1 of 1 by 2 at 100");
        floor.buy(ALICE, 90, 1);
        assertThat(floor.sell(BOB, 80, 1)).contains("filled 1 of 3 by 4 at 90");
    }

    @Test
    void theBestPriceIsNotStaleAfterACancel() {
        floor.sell(ALICE, 100, 1);
        floor.sell(ALICE, 101, 1);
        floor.sell(ALICE, 103, 1);
        floor.cancel(ALICE, 1);

        assertThat(floor.buy(BOB, 100, 1)).contains("rested 4: 1 of 1 at 100");
        assertThat(floor.place(BOB, OrderTerms.market(BUY, 1))).contains("filled 1 of 2 by 5 at 101");
        floor.cancel(ALICE, 3);
        assertThat(floor.place(BOB, OrderTerms.market(BUY, 1))).containsExactly("rejected NO_LIQUIDITY");
    }

    @Test
    void theRemainderOfAnImmediateOrderDoesNotRest() {
        floor.sell(ALICE, 100, 1);
        floor.place(BOB, OrderTerms.limit(BUY, 100, 5).timeInForce(TimeInForce.IOC));

        assertThat(floor.book()).isEmpty();
        assertThat(floor.isOpen(2)).isFalse();
        assertThat(floor.cash(BOB)).isEqualTo(new Balance(START - 300, 0, 300, 0, 0, 0));
    }

    @Test
    void theNeighboursOfAnOrderThatMovesAreNotLost() {
        for (int i = 0; i < 5; i++) {
            floor.sell(ALICE, 100, 1);
        }
        floor.amend(ALICE, 3, 30, 101, 1);
        floor.amend(ALICE, 1, 10, 100, 1);
        floor.amend(ALICE, 5, 50, 99, 1);

        assertThat(floor.book()).containsExactly("99: 1 in 1", "100: 3 in 3", "101: 1 in 1");
        assertThat(floor.buy(BOB, 101, 5))
                .filteredOn(told -> told.startsWith("filled"))
                .extracting(told -> told.split(" ", -1)[3])
                .containsExactly("50", "2", "4", "10", "30");
    }

    @Test
    void anIdIsFreeAfterItsOrderWasFilledOrCancelled() {
        Command sell = new Command.PlaceOrder(
                new OrderId(40), MARKET, ALICE, OrderTerms.limit(SELL, 100, 1), OrderLabels.NONE);
        floor.apply(sell);
        floor.buy(BOB, 100, 1);
        assertThat(floor.apply(sell)).startsWith("accepted 40 at 100");
        floor.cancel(ALICE, 40);
        assertThat(floor.apply(sell)).startsWith("accepted 40 at 100");
    }

    @Test
    void aCancelThatComesTooLateIsNotAcknowledged() {
        floor.sell(ALICE, 100, 1);
        floor.buy(BOB, 100, 1);

        assertThat(floor.cancel(ALICE, 1)).containsExactly("refused UNKNOWN_ORDER");
        floor.sell(ALICE, 100, 1);
        floor.cancel(ALICE, 3);
        assertThat(floor.cancel(ALICE, 3)).containsExactly("refused UNKNOWN_ORDER");
        assertThat(floor.reduce(ALICE, 3, 100, 1)).containsExactly("amend rejected UNKNOWN_ORDER");
    }

    @Test
    void aSweepIsNotCutShortNorRecursive() {
        int levels = 3_000;
        Subject engine = Subject.engine(EngineLimits.DEFAULT);
        engine.apply(new Command.OpenMarket(SPEC));
        engine.apply(new Command.Credit(ALICE, GOLD, START));
        engine.apply(new Command.Credit(BOB, CASH, START * START));
        for (int i = 1; i <= levels; i++) {
            engine.apply(new Command.PlaceOrder(
                    new OrderId(i), MARKET, ALICE, OrderTerms.limit(SELL, i, 1), OrderLabels.NONE));
        }

        List<Event> events = engine.apply(new Command.PlaceOrder(
                new OrderId(levels + 1), MARKET, BOB, OrderTerms.limit(BUY, levels, levels), OrderLabels.NONE));

        assertThat(events).filteredOn(event -> event instanceof Event.Filled).hasSize(levels);
        assertThat(engine.book(MARKET, 1)).isEqualTo(new BookSnapshot(MARKET, List.of(), List.of()));
    }

    @Test
    void aDuplicateIdDoesNotTrade() {
        floor.sell(ALICE, 100, 1);
        floor.buy(BOB, 90, 1);

        assertThat(floor.apply(new Command.PlaceOrder(
                        new OrderId(2), MARKET, BOB, OrderTerms.market(BUY, 1), OrderLabels.NONE)))
                .containsExactly("rejected DUPLICATE_ORDER");
        assertThat(floor.book()).containsExactly("90: 1 in 1", "100: 1 in 1");
    }
}
