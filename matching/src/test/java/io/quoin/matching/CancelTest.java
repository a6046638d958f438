package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
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

class CancelTest {
    private static final MarketId OTHER = new MarketId(2);

    private final Floor floor = Floor.of(SPEC, new MarketSpec(OTHER, GOLD, CASH, 1, 1));

    private List<String> all(CancelScope scope) {
        return floor.apply(new Command.CancelAll(scope));
    }

    @Test
    void aCancelReturnsTheReserve() {
        floor.sell(ALICE, 100, 5);

        assertThat(floor.cancel(ALICE, 1)).containsExactly("cancelled 5 of 1: REQUESTED", "ask 100: 0 in 0");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(START, 0, 0, 0, 0, 0));
    }

    @Test
    void onlyAnOpenOrderIsCancelledAndOnlyForItsOwner() {
        floor.sell(ALICE, 100, 5);

        assertThat(floor.cancel(ALICE, 2)).containsExactly("refused UNKNOWN_ORDER");
        assertThat(floor.cancel(BOB, 1)).containsExactly("refused NOT_OWNER");
        floor.state(MarketState.HALTED);
        assertThat(floor.cancel(ALICE, 1)).containsExactly("refused MARKET_HALTED");
        floor.state(MarketState.CANCEL_ONLY);
        assertThat(floor.cancel(ALICE, 1)).contains("cancelled 5 of 1: REQUESTED");
    }

    @Test
    void allOfAnAccountAreCancelledInTheOrderOfTheirSequence() {
        floor.sell(ALICE, 100, 5);
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 120, 120, 1));
        floor.sell(BOB, 99, 5);
        floor.sell(ALICE, 99, 5);

        assertThat(all(new CancelScope.OfAccount(ALICE)))
                .containsExactly(
                        "cancelled 5 of 1: MASS_CANCEL",
                        "ask 100: 0 in 0",
                        "cancelled 1 of 2: MASS_CANCEL",
                        "cancelled 5 of 4: MASS_CANCEL",
                        "ask 99: 5 in 1",
                        "all cancelled: 3");
        assertThat(all(new CancelScope.OfAccount(new AccountId(77)))).containsExactly("all cancelled: 0");
    }

    @Test
    void allOfAnAccountInOneMarketLeavesItsOthers() {
        floor.sell(ALICE, 100, 5);
        floor.placeIn(OTHER, ALICE, OrderTerms.limit(SELL, 100, 5), OrderLabels.NONE);

        assertThat(all(new CancelScope.OfAccountInMarket(ALICE, OTHER))).contains("all cancelled: 1");
        assertThat(floor.isOpen(1)).isTrue();
        assertThat(all(new CancelScope.OfAccountInMarket(ALICE, new MarketId(7))))
                .containsExactly("all cancelled: 0");
    }

    @Test
    void allOfASessionOrADisconnectGroup() {
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 1), new OrderLabels(0, 5, 6, 0));
        floor.place(ALICE, OrderTerms.limit(SELL, 100, 1), new OrderLabels(0, 6, 5, 0));
        floor.place(BOB, OrderTerms.limit(SELL, 100, 1), new OrderLabels(0, 5, 6, 0));
        floor.sell(ALICE, 100, 1);

        assertThat(all(new CancelScope.OfSession(ALICE, 5)))
                .containsExactly("cancelled 1 of 1: MASS_CANCEL", "ask 100: 3 in 3", "all cancelled: 1");
        assertThat(all(new CancelScope.OfDisconnectGroup(ALICE, 5))).contains("cancelled 1 of 2: MASS_CANCEL");
        assertThat(all(new CancelScope.OfSession(ALICE, 0)))
                .as("0 is no session")
                .containsExactly("all cancelled: 0");
        assertThat(all(new CancelScope.OfDisconnectGroup(ALICE, 0))).containsExactly("all cancelled: 0");
    }

    @Test
    void allOfAMarketAreCancelledInTheOrderInWhichTheyWouldMatch() {
        floor.buy(ALICE, 90, 1);
        floor.buy(BOB, 91, 1);
        floor.sell(ALICE, 101, 1);
        floor.sell(BOB, 100, 1);
        floor.place(CAROL, OrderTerms.stopLimit(BUY, 120, 120, 1));
        floor.place(CAROL, OrderTerms.stopLimit(BUY, 110, 120, 1));
        floor.place(CAROL, OrderTerms.stopLimit(SELL, 80, 80, 1));
        floor.place(CAROL, OrderTerms.stopLimit(SELL, 85, 80, 1));
        floor.state(MarketState.HALTED);

        assertThat(all(new CancelScope.OfMarket(MARKET)))
                .filteredOn(told -> told.startsWith("cancelled"))
                .extracting(told -> told.substring(15, 16))
                .containsExactly("2", "1", "4", "3", "6", "5", "8", "7");
        assertThat(all(new CancelScope.OfMarket(new MarketId(7)))).containsExactly("refused UNKNOWN_MARKET");
    }

    @Test
    void ordersOfHaltedMarketsStayInAMassCancelOfTheirOwner() {
        floor.sell(ALICE, 100, 5);
        floor.placeIn(OTHER, ALICE, OrderTerms.limit(SELL, 100, 5), OrderLabels.NONE);
        floor.state(MarketState.HALTED);

        assertThat(all(new CancelScope.OfAccount(ALICE))).contains("cancelled 5 of 2: MASS_CANCEL", "all cancelled: 1");
        assertThat(floor.isOpen(1)).isTrue();
    }
}
