package io.quoin.node.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.matching.RejectReason;
import io.quoin.node.Samples;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.signer.terms.OrderSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionTest {
    private static final SubmittedOrder ORDER = TestTraders.ALICE.order(Samples.MARKET, OrderSide.SELL, "2000", "1", 1);

    @ParameterizedTest
    @CsvSource({
        "POST_ONLY_WOULD_CROSS, POST_ONLY_WOULD_CROSS",
        "EXPIRED, ORDER_EXPIRED",
        "INSUFFICIENT_BALANCE, INSUFFICIENT_BALANCE",
        "AMOUNT_TOO_LARGE, AMOUNT_TOO_LARGE",
        "PRICE_INVALID, PRICE_OFF_TICK",
        "QUANTITY_INVALID, QUANTITY_OFF_LOT",
        "MARKET_STATE, MARKET_STOPPED",
        "ENGINE_FULL, ENGINE_FULL"
    })
    void aReasonThatATraderCanMeet_hasItsCode(RejectReason reason, RefusalCode code) {
        assertThat(Rejection.of(ORDER, reason).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectReason.class,
            names = {"UNKNOWN_ORDER", "TERMS_INVALID", "DUPLICATE_ORDER", "PRICE_OUTSIDE_BAND", "EXITING"})
    void aReasonThatNoOrderOfTheNodeCanMeet_isAFaultOfItsOwn_andNamed(RejectReason reason) {
        Refusal refusal = Rejection.of(ORDER, reason);

        assertThat(refusal.code()).isEqualTo(RefusalCode.INTERNAL);
        assertThat(refusal.message()).contains(reason.name());
    }

    @Test
    void aPostOnlyOrder_isToldItsPrice() {
        assertThat(Rejection.of(ORDER, RejectReason.POST_ONLY_WOULD_CROSS).message())
                .contains("2000");
    }
}
