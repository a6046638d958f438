package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldPriceTest {
    private final Floor floor = Floor.of(SPEC);

    private void asks() {
        floor.sell(ALICE, 100, 2);
        floor.place(ALICE, OrderTerms.limit(SELL, 103, 4).display(1));
        floor.sell(ALICE, 110, 2);
    }

    @Test
    void aMarketOrderThatBuysIsHeldToTheWorstLevelThatItsQuantityNeeds() {
        asks();

        assertThat(floor.place(BOB, OrderTerms.market(BUY, 2))).startsWith("accepted 4 at 100");
        asks();
        assertThat(floor.place(BOB, OrderTerms.market(BUY, 6))).startsWith("accepted 8 at 103");
    }

    @Test
    void aMarketOrderThatWantsMoreThanThereIsIsHeldToTheWorstOfAll() {
        asks();

        assertThat(floor.place(BOB, OrderTerms.market(BUY, 99)))
                .startsWith("accepted 4 at 110")
                .endsWith("ask 110: 0 in 0", "cancelled 91 of 4: UNFILLED");
    }

    @Test
    void aMarketOrderThatSellsIsHeldToATick() {
        floor.buy(ALICE, 7, 1);

        assertThat(floor.place(BOB, OrderTerms.market(SELL, 1)))
                .startsWith("accepted 2 at 1", "filled 1 of 1 by 2 at 7");
    }

    @Test
    void aWorstPriceBinds() {
        asks();

        assertThat(floor.place(BOB, OrderTerms.market(BUY, 9).price(102)))
                .startsWith("accepted 4 at 102")
                .endsWith("cancelled 7 of 4: UNFILLED");
    }

    @Test
    void slippageBindsFromTheBestPriceRoundedTowardsIt() {
        asks();

        assertThat(floor.place(BOB, OrderTerms.market(BUY, 9).slippage(399))).startsWith("accepted 4 at 103");
        floor.buy(CAROL, 99, 1);
        assertThat(floor.place(BOB, OrderTerms.market(SELL, 1).slippage(199))).startsWith("accepted 6 at 98");
    }

    @Test
    void theStrictestLimitBinds() {
        asks();

        assertThat(floor.place(BOB, OrderTerms.market(BUY, 9).price(101).slippage(500)))
                .startsWith("accepted 4 at 101");
    }

    @Test
    void theEndOfTheBandBindsRoundedToATick() {
        Floor banded = Floor.of(SPEC.with(new OrderBounds(5, 1, 1, 100, 1, 9)).with(new PriceBand(900, 100)));
        banded.sell(ALICE, 100, 1);
        banded.buy(CAROL, 95, 1);

        assertThat(banded.place(BOB, OrderTerms.market(BUY, 2).slippage(9_999))).startsWith("accepted 3 at 105");
        assertThat(banded.place(BOB, OrderTerms.market(SELL, 2))).startsWith("accepted 4 at 95");
    }

    @Test
    void aMarketOrderThatMeetsAnEmptySideIsRejected() {
        floor.sell(ALICE, 100, 2);

        assertThat(floor.place(BOB, OrderTerms.market(SELL, 1))).containsExactly("rejected NO_LIQUIDITY");
    }
}
