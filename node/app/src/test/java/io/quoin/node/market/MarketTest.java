package io.quoin.node.market;

import static io.quoin.node.Samples.BASE;
import static io.quoin.node.Samples.MARKET;
import static io.quoin.node.Samples.QUOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.BondTerms;
import io.quoin.matching.FeeTerms;
import io.quoin.matching.MarketId;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketTest {
    @Test
    void ticksAndLots_areTheSignedAmountsDivided() {
        assertThat(MARKET.ticks("2000.5")).isEqualTo(200_050);
        assertThat(MARKET.price(200_050)).isEqualTo(BigInteger.valueOf(2_000_500_000L));
        assertThat(MARKET.lots("1.25")).isEqualTo(1_250);
        assertThat(MARKET.quantity(1_250)).isEqualTo(new BigInteger("1250000000000000000"));
        assertThat(MARKET.formatPrice(200_050)).isEqualTo("2000.5");
        assertThat(MARKET.formatQuantity(1_250)).isEqualTo("1.25");
    }

    @Test
    void cost_isPriceTimesQuantityByThePriceScale() {
        BigInteger signed =
                MARKET.price(200_050).multiply(MARKET.quantity(1_250)).divide(MARKET.priceScale());

        assertThat(MARKET.cost(200_050, 1_250)).isEqualTo(signed).isEqualTo(BigInteger.valueOf(2_500_625_000L));
    }

    @Test
    void spec_countsInEngineUnitsWhatTheChainCountsInBaseUnits() {
        var spec = MARKET.spec();

        assertThat(BASE.baseUnits(spec.baseUnitsPerLot())).isEqualTo(MARKET.lotSize());
        assertThat(QUOTE.baseUnits(spec.quoteUnitsPerTickLot())).isEqualTo(MARKET.cost(1, 1));
    }

    @Test
    void spec_hasNoFeesAndNoBonds_whichEscrowAndLedgerCouldNotBook() {
        assertThat(MARKET.spec().fees()).isEqualTo(FeeTerms.NONE);
        assertThat(MARKET.spec().bonds()).isEqualTo(BondTerms.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.001", "2000.505", "2000.5000001", "-1", "abc"})
    void ticks_whenThePriceIsNoPositiveMultiple_areRefusedWithTheTick(String price) {
        assertThatThrownBy(() -> MARKET.ticks(price)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.PRICE_OFF_TICK);
            assertThat(refused.refusal().message()).contains(price).contains("0.01");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0001", "1.0005"})
    void lots_whenTheQuantityIsNoPositiveMultiple_areRefusedWithTheLot(String quantity) {
        assertThatThrownBy(() -> MARKET.lots(quantity)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.QUANTITY_OFF_LOT);
            assertThat(refused.refusal().message()).contains(quantity).contains("0.001");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999999999", "9000000000000000"})
    void lots_whenTheEngineCannotHoldThem_areRefusedAsTooLarge(String quantity) {
        assertThatThrownBy(() -> MARKET.lots(quantity))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.AMOUNT_TOO_LARGE));
    }

    @Test
    void market_whenOneLotAtOneTickIsNoWholeAmount_isRefused() {
        assertThatThrownBy(() -> new Market(
                        new MarketId(2),
                        "QBASE-QUSD",
                        BASE,
                        QUOTE,
                        BigInteger.TEN.pow(9),
                        BigInteger.ONE,
                        MARKET.terms(),
                        MARKET.vault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no whole number");
    }
}
