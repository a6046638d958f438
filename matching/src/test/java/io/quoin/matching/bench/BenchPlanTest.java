package io.quoin.matching.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPlanTest {
    @Test
    void of_quick_measuresEveryEngine() {
        assertThat(BenchPlan.of(List.of("--quick")).contenders()).isEqualTo(Contender.all());
    }

    @Test
    void of_nothing_measuresEveryEngineOnEveryStream() {
        BenchPlan plan = BenchPlan.of(List.of());

        assertThat(plan.contenders()).isEqualTo(Contender.all());
        assertThat(plan.streams()).isEqualTo(StreamSpec.all());
    }

    @Test
    void of_chosenParts_measuresThose() {
        BenchPlan plan = BenchPlan.of(List.of("--streams=mkt,deep", "--engines=treemap", "--rounds=2"));

        assertThat(plan.streams()).extracting(StreamSpec::name).containsExactly("mkt", "deep");
        assertThat(plan.contenders()).extracting(Contender::name).containsExactly("treemap");
        assertThat(plan.rounds()).isEqualTo(2);
    }

    @Test
    void of_whatThereIsNot_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchPlan.of(List.of("--slow")))
                .withMessageContaining("no such option: --slow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchPlan.of(List.of("--streams=calm")))
                .withMessage("no stream is called calm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchPlan.of(List.of("--engines=steam")))
                .withMessage("no engine is called steam");
    }
}
