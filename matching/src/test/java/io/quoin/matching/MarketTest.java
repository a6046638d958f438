package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.LATER;
import static io.quoin.matching.Floor.NOW;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarketTest {
    private static final MarketId SECOND = new MarketId(2);

    private final Floor floor = Floor.rich();

    @Test
    void aMarketOpens() {
        MarketSpec spec = new MarketSpec(SECOND, CASH, GOLD, 1, 1);

        assertThat(floor.apply(new Command.OpenMarket(spec))).containsExactly(new Event.MarketOpened(spec));
    }

    @Test
    void aMarketThatIsOpenIsRefusedEvenWithOtherUnits() {
        assertThat(floor.apply(new Command.OpenMarket(SPEC))).containsExactly(refused(RefusalReason.MARKET_EXISTS));
        assertThat(floor.apply(new Command.OpenMarket(new MarketSpec(SPEC.id(), GOLD, GOLD, 0, 0))))
                .containsExactly(refused(RefusalReason.MARKET_EXISTS));
    }

    static Stream<MarketSpec> invalid() {
        return Stream.of(
                new MarketSpec(SECOND, GOLD, GOLD, 1, 1),
                new MarketSpec(SECOND, GOLD, CASH, 0, 1),
                new MarketSpec(SECOND, GOLD, CASH, -1, 1),
                new MarketSpec(SECOND, GOLD, CASH, 1, 0),
                new MarketSpec(SECOND, GOLD, CASH, 1, Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void aMarketThatMakesNoSenseIsRefused(MarketSpec spec) {
        assertThat(floor.apply(new Command.OpenMarket(spec))).containsExactly(refused(RefusalReason.MARKET_INVALID));
    }

    @Test
    void marketsDoNotMatchWithEachOtherAndShareBalances() {
        floor.apply(new Command.OpenMarket(new MarketSpec(SECOND, GOLD, CASH, 10, 3)));
        floor.sell(ALICE, 100, 1);
        var o = floor.order(BOB, Side.BUY, 100, 1);

        var events = floor.apply(new Command.PlaceOrder(o.order(), SECOND, BOB, Side.BUY, 100, 1, false, LATER, NOW));

        assertThat(Floor.fills(events)).isEmpty();
        assertThat(floor.engine().book(SECOND, 5).bids()).containsExactly(new BookLevel(100, 1, 1));
        assertThat(floor.bids()).isEmpty();
        assertThat(floor.cash(BOB).reserved()).isEqualTo(300);
    }

    @Test
    void aDebitCancelsTheNewestOrderOfAnyMarket() {
        floor.apply(new Command.OpenMarket(new MarketSpec(SECOND, CASH, GOLD, 1, 1)));
        floor.buy(BOB, 100, 1);
        var o = floor.order(BOB, Side.SELL, 100, 1);
        floor.apply(new Command.PlaceOrder(o.order(), SECOND, BOB, Side.SELL, 100, 7, false, LATER, NOW));

        var events = floor.apply(new Command.Debit(BOB, CASH, Floor.START - 300));

        assertThat(events).contains(new Event.OrderCancelled(new OrderId(2), BOB, CancelReason.BALANCE_WITHDRAWN, 7));
        assertThat(floor.bids()).hasSize(1);
    }
}
