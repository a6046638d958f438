package io.quoin.node.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({"0,6,0", "1,0,1", "1.5,6,1500000", "0.000001,6,1", "2000.50,6,2000500000", "12.3400,2,1234"})
    void parse_whenItFits_givesBaseUnits(String text, int decimals, BigInteger units) {
        assertThat(Decimals.parse(text, decimals)).contains(units);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "1e3",
                "01",
                ".5",
                "5.",
                "1.0000001",
                "0x10",
                "1,5",
                "NaN",
                "Infinity",
                " 1",
                "1 ",
                "١"
            })
    void parse_whenItIsNoPlainAmountOfSixDecimals_givesNothing(String text) {
        assertThat(Decimals.parse(text, 6)).isEmpty();
    }

    @Test
    void parse_whenTheTextIsVeryLong_givesNothing() {
        assertThat(Decimals.parse("9".repeat(100_000), 6)).isEmpty();
    }

    @Test
    void format_andParse_areInverse() {
        long seed = Long.getLong("quoin.seed", 20_261_120L);
        System.err.println("seed " + seed);
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
        for (int i = 0; i < 10_000; i++) {
            int decimals = random.nextInt(37);
            BigInteger units = new BigInteger(random.nextInt(1, 120), new java.util.Random(random.nextLong()));

            assertThat(Decimals.parse(Decimals.format(units, decimals), decimals))
                    .contains(units);
        }
    }
}
