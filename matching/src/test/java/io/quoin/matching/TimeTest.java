package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeTest {
    private final Floor floor = Floor.of(SPEC);

    private void sellUntil(long seconds, long price) {
        floor.place(ALICE, OrderTerms.limit(SELL, price, 2).until(seconds));
    }

    @Test
    void anOrderMatchesInItsLastSecondAndIsCancelledInTheNext() {
        sellUntil(50, 100);

        assertThat(floor.time(50)).isEmpty();
        assertThat(floor.buy(BOB, 100, 1)).contains("filled 1 of 1 by 2 at 100");
        assertThat(floor.time(51)).containsExactly("cancelled 1 of 1: EXPIRED", "ask 100: 0 in 0");
    }

    @Test
    void theyAreCancelledByExpiryThenBySequenceStopsToo() {
        sellUntil(60, 100);
        sellUntil(50, 101);
        floor.place(ALICE, OrderTerms.stopLimit(SELL, 90, 90, 2).until(50));
        sellUntil(50, 100);

        assertThat(floor.time(99))
                .containsExactly(
                        "cancelled 2 of 2: EXPIRED",
                        "ask 101: 0 in 0",
                        "cancelled 2 of 3: EXPIRED",
                        "cancelled 2 of 4: EXPIRED",
                        "ask 100: 2 in 1",
                        "cancelled 2 of 1: EXPIRED",
                        "ask 100: 0 in 0");
    }

    @Test
    void timeDoesNotGoBack() {
        floor.time(50);
        floor.time(10);
        floor.time(Long.MIN_VALUE);

        assertThat(floor.place(ALICE, OrderTerms.limit(SELL, 100, 2).until(49))).containsExactly("rejected EXPIRED");
    }

    @Test
    void ordersExpireInEveryState() {
        sellUntil(50, 100);
        floor.state(MarketState.HALTED);

        assertThat(floor.time(Long.MAX_VALUE)).containsExactly("cancelled 2 of 1: EXPIRED", "ask 100: 0 in 0");
    }
}
