package io.quoin.matching.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    @Test
    void quantile_ofCountedValues_isTheValueThatThatManyDoNotExceed() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int nanos = 1; nanos <= 50; nanos++) {
            histogram.count(nanos);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(25);
        assertThat(histogram.quantile(0.99)).isEqualTo(50);
        assertThat(histogram.quantile(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {63, 64, 65, 127, 128, 1_000, 123_456, 5_000_000_000L, Long.MAX_VALUE})
    void quantile_ofOneValue_isWithinThreePercentAndNotBelow(long nanos) {
        LatencyHistogram histogram = new LatencyHistogram();

        histogram.count(nanos);

        assertThat(histogram.quantile(1)).isBetween(nanos, Long.MAX_VALUE);
        assertThat((double) histogram.quantile(1)).isCloseTo((double) nanos, Percentage.withPercentage(3.2));
    }

    @Test
    void quantile_whenNothingWasCounted_isZero() {
        assertThat(new LatencyHistogram().quantile(0.5)).isZero();
    }
}
