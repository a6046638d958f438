package io.quoin.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.demo.trader.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {
    private final List<String> told = new ArrayList<>();
    private final Story story = new Story(
            new Narrator() {
                @Override
                public void line(String text) {
                    told.add(text);
                }

                @Override
                public void waiting(String text) {
                    told.add("waiting " + text);
                }

                @Override
                public void arrived() {
                    told.add("arrived");
                }
            },
            Instant.now());

    @Test
    void stepLine_hasTimeStateAndText() {
        assertThat(Story.stepLine(Duration.ofMillis(12_345), "LOCKED", "fill 1", "0xab  gas 5"))
                .matches(" {3}12\\.3 s {2}LOCKED {5}fill 1 +0xab {2}gas 5");
    }

    @Test
    void stepLine_whenNothingFollows_hasNoTrailingSpace() {
        assertThat(Story.stepLine(Duration.ZERO, "START", "now", "")).endsWith("now");
    }

    @Test
    void step_whenItHasATransaction_tellsHashAndGas() {
        story.step("LOCKED", "fill 1", new Receipt("0xabc", 227_389));

        assertThat(told).singleElement().asString().endsWith("0xabc  gas 227,389");
    }

    @Test
    void during_whenTheWorkFails_stopsWaiting() {
        try {
            story.during("a while", () -> {
                throw new DemoFailure("no");
            });
        } catch (DemoFailure _) {
            told.add("failed");
        }

        assertThat(told).containsExactly("waiting a while", "arrived", "failed");
    }

    @Test
    void step_whenEnded_isNotTold() {
        story.end();
        told.clear();

        story.step("LOCKED", "too late");

        assertThat(told).isEmpty();
    }
}
