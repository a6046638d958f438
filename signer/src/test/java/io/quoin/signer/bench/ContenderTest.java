package io.quoin.signer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark's arithmetic. */
class ContenderTest {
    @Test
    void medians_areOfTheMiddle() {
        assertThat(Contender.median(List.of(5.0, 1.0, 100.0))).isEqualTo(5.0);
        assertThat(Contender.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
    }

    @Test
    void slowerContender_hasTheLargerTime() {
        Contender once = new Contender("once", i -> work(i, 2_000));
        Contender tenTimes = new Contender("ten times", i -> work(i, 20_000));
        for (Contender contender : List.of(once, tenTimes)) {
            contender.warmUp(50_000_000);
        }
        for (int i = 0; i < 9; i++) {
            once.round(5_000_000);
            tenTimes.round(5_000_000);
        }
        assertThat(once.rounds()).hasSize(9).allMatch(micros -> micros > 0);
        assertThat(tenTimes.timeBy(once)).isBetween(2.0, 50.0);
        assertThat(once.timeBy(tenTimes)).isCloseTo(1 / tenTimes.timeBy(once), within(1e-9));
        assertThat(once.line()).contains("once").contains("us");
    }

    private static long work(int start, int steps) {
        long number = start;
        for (int i = 0; i < steps; i++) {
            number = number * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        }
        return number;
    }
}
