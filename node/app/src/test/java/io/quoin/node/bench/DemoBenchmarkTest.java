package io.quoin.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quoin.node.demo.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoBenchmarkTest {
    @Test
    void median_whenEvenlyMany_liesBetween() {
        assertThat(DemoBenchmark.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
        assertThat(DemoBenchmark.median(List.of(9.0, 1.0, 3.0))).isEqualTo(3.0);
    }

    @Test
    void figures_whenEachPhaseTookTwoSeconds_sayTwoForEachAndTheSums() {
        List<Figure> figures = DemoBenchmark.figures(List.of(phasesOf(2)));

        assertThat(figures)
                .filteredOn(figure -> figure.name().startsWith("demo_phase_"))
                .hasSize(Phase.values().length);
        assertThat(value(figures, "demo_phase_matched")).isCloseTo(2, within(1e-9));
        assertThat(value(figures, "demo_up")).isCloseTo(10, within(1e-9));
        assertThat(value(figures, "demo_settled")).isCloseTo(18, within(1e-9));
    }

    @Test
    void figures_whenAPhaseWasNeverReached_fallShort() {
        Map<Phase, Double> ends = phasesOf(2);
        ends.remove(Phase.SETTLED);

        assertThat(DemoBenchmark.figures(List.of(ends)))
                .filteredOn(figure -> figure.name().equals("demo_settled"))
                .singleElement()
                .returns(false, Figure::isOk);
    }

    private static Map<Phase, Double> phasesOf(double seconds) {
        Map<Phase, Double> ends = new EnumMap<>(Phase.class);
        double end = 0;
        for (Phase phase : Phase.values()) {
            end += seconds;
            ends.put(phase, end);
        }
        return ends;
    }

    private static double value(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
