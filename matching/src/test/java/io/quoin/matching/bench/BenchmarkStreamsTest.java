package io.quoin.matching.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.matching.bench.Contender.Role;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark's streams, short, from {@code -Dquoin.seed} (drawn anew and printed). */
class BenchmarkStreamsTest {
    private static final int SETTLE = 5_000;
    private static final int TIMED = 20_000;
    private static final int RESTING_MAX = 20_000;

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());

    @Test
    void everyEngineDoesTheSameOnEveryStream() {
        System.out.println("BenchmarkStreamsTest: -Dquoin.seed=" + seed);
        for (StreamSpec spec : StreamSpec.all()) {
            CommandStream stream = shortened(spec);
            for (Contender contender : Contender.all()) {
                assertThat(checksum(stream, contender))
                        .as(() -> seed + ", " + spec.name() + ": " + FirstDifference.find(stream, contender))
                        .isEqualTo(stream.checksum());
            }
        }
    }

    @Test
    void aBookThatBreaksTimePriority_isReportedWithTheCommand() {
        Contender wrong = Contender.book("requeuing", Role.PEER, RequeuingBook::new);
        CommandStream stream = shortened(StreamSpec.named("mkt").orElseThrow());

        assertThat(checksum(stream, wrong)).as("seed %d", seed).isNotEqualTo(stream.checksum());

        Optional<String> words = FirstDifference.find(stream, wrong);
        assertThat(words).as("seed %d", seed).isPresent();
        assertThat(words.orElseThrow())
                .startsWith("command ")
                .contains("requeuing says [trade of ")
                .contains("treemap says [trade of ");
    }

    @Test
    void theSameSeedGivesTheSameStream() {
        StreamSpec spec = StreamSpec.named("mkt-mixed").orElseThrow();

        assertThat(shortened(spec).checksum()).isEqualTo(shortened(spec).checksum());
    }

    /** The table of docs/performance.md; a long stream is nearer to it than these short ones. */
    @ParameterizedTest
    @CsvSource({
        "ec, 4.8, 950, 561",
        "ec-mixed, 4.8, 950, 561",
        "mkt, 4.4, 9500, 1118",
        "mkt-mixed, 4.4, 9500, 1118",
        "sweep, 2.4, 8200, 2216"
    })
    void streamsLookAsTheyAreDescribed(String name, double tradingPercent, int resting, int levels) {
        StreamSpec spec = StreamSpec.named(name).orElseThrow();
        StreamShape shape = StreamGenerator.generate(spec, StreamGenerator.SEED, 50_000, 100_000)
                .shape();

        assertThat(shape.tradingPercent()).isCloseTo(tradingPercent, Percentage.withPercentage(10));
        assertThat(shape.resting()).isCloseTo(resting, Percentage.withPercentage(10));
        assertThat(shape.levels()).isCloseTo(levels, Percentage.withPercentage(10));
    }

    private CommandStream shortened(StreamSpec spec) {
        return StreamGenerator.generate(spec.withResting(Math.min(spec.resting(), RESTING_MAX)), seed, SETTLE, TIMED);
    }

    private static long checksum(CommandStream stream, Contender contender) {
        Replay replay = contender.factory().prepare(stream, new Checksum());
        replay.replay(0, stream.size());
        return replay.checksum();
    }
}
