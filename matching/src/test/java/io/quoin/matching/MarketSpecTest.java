package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarketSpecTest {
    private static final MarketSpec SPEC = new MarketSpec(new MarketId(1), new AssetId(10), new AssetId(20), 100, 3);

    @Test
    void amountsAreExactProducts() {
        assertThat(SPEC.baseAmount(7)).isEqualTo(700);
        assertThat(SPEC.quoteAmount(7, 5)).isEqualTo(105);
    }

    @Test
    void sellersPayBaseAndBuyersPayQuote() {
        assertThat(SPEC.paidBy(Side.SELL)).isEqualTo(new AssetId(10));
        assertThat(SPEC.paidBy(Side.BUY)).isEqualTo(new AssetId(20));
        assertThat(Side.BUY.opposite()).isEqualTo(Side.SELL);
        assertThat(Side.SELL.opposite()).isEqualTo(Side.BUY);
    }

    @Test
    void anAmountThatDoesNotFitIsAnErrorAndNeverAWrongNumber() {
        assertThatThrownBy(() -> SPEC.baseAmount(Long.MAX_VALUE / 100 + 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> SPEC.quoteAmount(Long.MAX_VALUE / 3 + 1, 1)).isInstanceOf(ArithmeticException.class);
    }
}
