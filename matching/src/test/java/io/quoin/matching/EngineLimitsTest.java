package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EngineLimitsTest {
    private static final int MOST = 1 << 26;
    private static final int MOST_CHUNKS = (1 << 21) - 1; // 2^27 rows, less 64 for one order and one balance

    @Test
    void aLimitIsInItsRange() {
        assertThatCode(() -> new EngineLimits(MOST, 1, 1, MOST, MOST, 1 << 16, MOST))
                .doesNotThrowAnyException();

        assertThatThrownBy(() -> new EngineLimits(1, 1, 1, 0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a limit is from 1 to 2^26, not 0");
        assertThatThrownBy(() -> new EngineLimits(1, 1, 1, 1, 1, 1, MOST + 1))
                .hasMessage("a limit is from 1 to 2^26, not 67108865");
    }

    @Test
    void anOrdersTagsHaveRoomForItsMarket() {
        assertThatThrownBy(() -> new EngineLimits(1, 1, 1, 1, 1, (1 << 16) + 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("markets are at most 2^16, not 65537");
        assertThat(Tags.market(Tags.of(
                        (1 << 16) - 1,
                        Side.SELL,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        PostOnly.NO,
                        SelfTradePrevention.CANCEL_BOTH)))
                .isEqualTo((1 << 16) - 1);
    }

    @Test
    void ordersBalancesAndPricesFitInOneArray() {
        assertThatCode(() -> new EngineLimits(32, MOST_CHUNKS, 32, 1, 1, 1, 1)).doesNotThrowAnyException();

        assertThatThrownBy(() -> new EngineLimits(33, MOST_CHUNKS, 32, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orders, balances and 64 for each price chunk are together at most 2^27, not 134217729");
        assertThatThrownBy(() -> new EngineLimits(MOST, 1, MOST, 1, 1, 1, 1)).hasMessageContaining("at most 2^27");
    }
}
