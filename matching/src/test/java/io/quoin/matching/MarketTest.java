package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarketTest {
    private static final MarketId NEXT = new MarketId(2);
    private static final MarketSpec GOOD = new MarketSpec(NEXT, GOLD, CASH, 10, 3);

    private final Floor floor = Floor.of(SPEC);

    private List<String> open(MarketSpec spec) {
        return floor.apply(new Command.OpenMarket(spec));
    }

    private void invalid(MarketSpec... specs) {
        for (MarketSpec spec : specs) {
            assertThat(open(spec)).as("%s", spec).containsExactly("refused MARKET_INVALID");
        }
    }

    private static MarketSpec fees(int maker, int taker) {
        return GOOD.with(new FeeTerms(maker, taker, HOUSE));
    }

    private static MarketSpec bonds(Backing buyers, Backing sellers, int bond) {
        return GOOD.with(new BondTerms(buyers, sellers, bond));
    }

    @Test
    void aMarketIsOpenedOnce() {
        assertThat(open(GOOD)).containsExactly("opened 2");
        assertThat(open(GOOD)).containsExactly("refused MARKET_EXISTS");
        assertThat(open(new MarketSpec(NEXT, GOLD, GOLD, 0, 0))).containsExactly("refused MARKET_EXISTS");
    }

    @Test
    void unitsAndBoundsThatMakeNoSenseAreRefused() {
        invalid(new MarketSpec(NEXT, GOLD, GOLD, 1, 1), new MarketSpec(NEXT, GOLD, CASH, 0, 1));
        invalid(new MarketSpec(NEXT, GOLD, CASH, 1, -1), new MarketSpec(NEXT, GOLD, CASH, Long.MIN_VALUE, 1));
        invalid(GOOD.with(new OrderBounds(0, 1, 1, 9, 1, 1)), GOOD.with(new OrderBounds(1, 0, 1, 9, 1, 1)));
        invalid(GOOD.with(new OrderBounds(1, 1, 0, 9, 1, 1)), GOOD.with(new OrderBounds(1, 1, 1, 9, 0, 1)));
        invalid(GOOD.with(new OrderBounds(1, 1, 1, 9, 1, 0)), GOOD.with(new OrderBounds(1, 1, 5, 4, 1, 1)));
        invalid(GOOD.with(new OrderBounds(1, 1, 1, 9, 2, 1)), GOOD.with(new OrderBounds(1, 2, 3, 9, 2, 1)));
        invalid(GOOD.with(new OrderBounds(1, 2, 4, 9, 3, 1)));
        assertThat(open(GOOD.with(new OrderBounds(1, 2, 4, 5, 4, 1)))).containsExactly("opened 2");
    }

    @Test
    void bandsThatMakeNoSenseAreRefused() {
        invalid(GOOD.with(new PriceBand(-1, 0)), GOOD.with(new PriceBand(10_001, 0)), GOOD.with(new PriceBand(1, -1)));
        invalid(GOOD.with(new OrderBounds(5, 1, 1, 9, 1, 1)).with(new PriceBand(1, 12)));
        assertThat(open(GOOD.with(new PriceBand(10_000, Long.MAX_VALUE)))).containsExactly("opened 2");
    }

    @Test
    void feesThatMakeNoSenseAreRefused() {
        invalid(fees(-10_001, 10_000), fees(10_001, 0), fees(0, -1), fees(0, 10_001), fees(-26, 25));
        invalid(fees(Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertThat(open(fees(-25, 25))).containsExactly("opened 2");
    }

    @Test
    void bondsThatMakeNoSenseAreRefused() {
        invalid(bonds(Backing.BONDED, Backing.BONDED, 1), bonds(Backing.VAULT, Backing.VAULT, 1));
        invalid(bonds(Backing.BONDED, Backing.VAULT, 0), bonds(Backing.VAULT, Backing.BONDED, 100_001));
        invalid(bonds(Backing.BONDED, Backing.VAULT, 5).with(new FeeTerms(0, 1, HOUSE)));
        assertThat(open(bonds(Backing.VAULT, Backing.BONDED, 5).with(new FeeTerms(0, 1, HOUSE))))
                .containsExactly("opened 2");
    }

    @Test
    void theEndsOfEveryRangeAreInside() {
        for (MarketSpec spec : List.of(
                fees(-10_000, 10_000),
                fees(10_000, 10_000),
                bonds(Backing.VAULT, Backing.BONDED, 1),
                bonds(Backing.BONDED, Backing.VAULT, 100_000),
                GOOD.with(new PriceBand(10_000, 0)),
                GOOD.with(new OrderBounds(1, 4, 4, 4, 4, 1)),
                new MarketSpec(NEXT, GOLD, CASH, Long.MAX_VALUE, Long.MAX_VALUE))) {
            Floor other = Floor.of(SPEC);
            assertThat(other.apply(new Command.OpenMarket(spec))).as("%s", spec).containsExactly("opened 2");
        }
    }

    @Test
    void openingAMarketTouchesNoBalance() {
        open(fees(0, 1));

        assertThat(floor.touched()).isEmpty();
        assertThat(floor.cash(HOUSE)).isEqualTo(Balance.ZERO);
    }

    @Test
    void marketsShareBalancesAndNothingElse() {
        open(GOOD);
        floor.sell(ALICE, 100, 1);

        assertThat(floor.placeIn(NEXT, BOB, OrderTerms.limit(BUY, 100, 1), OrderLabels.NONE))
                .contains("rested 2: 1 of 1 at 100");
        assertThat(floor.placeIn(NEXT, ALICE, OrderTerms.limit(SELL, 101, START / 10), OrderLabels.NONE))
                .containsExactly("rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void aReferencePriceIsAWholeNumberOfTicks() {
        open(GOOD.with(new OrderBounds(5, 1, 1, 9, 1, 1)));

        assertThat(floor.apply(new Command.SetReferencePrice(NEXT, 7))).containsExactly("refused PRICE_INVALID");
        assertThat(floor.apply(new Command.SetReferencePrice(NEXT, -5))).containsExactly("refused PRICE_INVALID");
        assertThat(floor.apply(new Command.SetReferencePrice(NEXT, Long.MIN_VALUE)))
                .containsExactly("refused PRICE_INVALID");
        assertThat(floor.apply(new Command.SetReferencePrice(new MarketId(9), 5)))
                .containsExactly("refused UNKNOWN_MARKET");
        assertThat(floor.apply(new Command.SetReferencePrice(NEXT, 10))).containsExactly("reference 10");
        assertThat(floor.apply(new Command.SetReferencePrice(NEXT, 0))).containsExactly("reference 0");
    }
}
