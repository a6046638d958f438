package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Random commands, {@code -Dquoin.commands} of them (100,000), from {@code -Dquoin.seed} (drawn anew and
 * printed), in streams that each start with a new engine.
 */
class ModelTest {
    private static final int COMMANDS_PER_STREAM = 5_000;
    private static final int EVENTS_WITH_A_REASON = 3;
    private static final int KINDS = Event.class.getPermittedSubclasses().length
            - EVENTS_WITH_A_REASON
            + RejectReason.values().length
            + CancelReason.values().length
            + RefusalReason.values().length;

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());
    private final long commands = Long.getLong("quoin.commands", 100_000);
    private final Map<String, Long> seen = new TreeMap<>();

    @Test
    void theEngineAnswersEveryCommandAsTheSlowModelDoes() {
        System.out.println("ModelTest: -Dquoin.seed=" + seed + " -Dquoin.commands=" + commands);
        RandomGenerator seeds = generator(seed);
        for (long left = commands; left > 0; left -= COMMANDS_PER_STREAM) {
            compare(seeds.nextLong(), (int) Math.min(left, COMMANDS_PER_STREAM));
        }
        System.out.println("ModelTest: " + seen);
        if (commands >= 100_000) {
            assertThat(seen).as("every kind of event and every reason was met").hasSize(KINDS);
        }
    }

    @Test
    void theSameCommandsGiveTheSameEventsAndTheSameStateHashAfterEach() {
        RandomCommands drawn = new RandomCommands(generator(seed));
        Engine first = new Engine();
        List<Command> log = new ArrayList<>();
        List<List<Event>> answers = new ArrayList<>();
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < COMMANDS_PER_STREAM; i++) {
            Command command = drawn.next();
            log.add(command);
            answers.add(first.apply(command));
            drawn.learn(answers.getLast());
            hashes.add(first.stateHash());
        }

        Engine replay = new Engine();
        for (int i = 0; i < log.size(); i++) {
            assertThat(replay.apply(log.get(i)))
                    .as("seed %d, command %d", seed, i)
                    .isEqualTo(answers.get(i));
            assertThat(replay.stateHash()).as("seed %d, command %d", seed, i).isEqualTo(hashes.get(i));
        }
    }

    private void compare(long streamSeed, int length) {
        RandomCommands drawn = new RandomCommands(generator(streamSeed));
        SlowModel model = new SlowModel();
        CheckedEngine engine = new CheckedEngine();
        for (int i = 0; i < length; i++) {
            Command command = drawn.next();
            try {
                List<Event> events = engine.apply(command);
                assertThat(events).isEqualTo(model.apply(command));
                drawn.learn(events);
                events.forEach(this::count);
            } catch (AssertionError | RuntimeException e) {
                fail("-Dquoin.seed=%d, stream %d, command %d: %s".formatted(seed, streamSeed, i, command), e);
            }
        }
    }

    private void count(Event event) {
        String reason = switch (event) {
            case Event.OrderRejected r -> " " + r.reason();
            case Event.OrderCancelled c -> " " + c.reason();
            case Event.CommandRefused r -> " " + r.reason();
            default -> "";
        };
        seen.merge(event.getClass().getSimpleName() + reason, 1L, Long::sum);
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
