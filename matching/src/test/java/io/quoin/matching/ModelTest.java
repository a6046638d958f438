package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random commands, {@code -Dquoin.commands} of them (100,000), from {@code -Dquoin.seed} (drawn anew and printed), in
 * streams that each start with a new engine and now and then with one that is soon full. What fails is shrunk, unless
 * {@code -Dquoin.noShrinking=true} says that nobody will read it.
 */
class ModelTest {
    private static final int COMMANDS_PER_STREAM = 5_000;
    private static final int STREAMS = 10; // at least
    private static final int COMMANDS_PER_COMPARISON = 50;
    private static final int COMMANDS_PER_LINE = 250_000;
    private static final EngineLimits SMALL = new EngineLimits(40, 6, 22, 10, 2, 4, 20);
    private static final EngineLimits TINY = new EngineLimits(9, 3, 17, 3, 1, 3, 1);

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());
    private final long commands = Long.getLong("quoin.commands", 100_000);
    private final boolean shrinks = !Boolean.getBoolean("quoin.noShrinking");
    private final TreeMap<String, Long> seen = new TreeMap<>();

    @Test
    void theEngineAnswersEveryCommandAsTheSlowModelDoes() {
        System.out.println("ModelTest: -Dquoin.seed=" + seed + " -Dquoin.commands=" + commands);
        RandomGenerator seeds = generator(seed);
        long began = System.nanoTime();
        int length = Math.clamp(commands / STREAMS, 1, COMMANDS_PER_STREAM);
        for (long left = commands; left > 0; left -= length) {
            EngineLimits limits = switch (seeds.nextInt(5)) {
                case 0 -> SMALL;
                case 1 -> TINY;
                default -> EngineLimits.DEFAULT;
            };
            run(seeds.nextLong(), limits, (int) Math.min(left, length));
            long done = commands - left + length;
            if (done % COMMANDS_PER_LINE == 0) {
                System.out.printf("ModelTest: %d of %d commands%n", done, commands);
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("ModelTest: %.0f commands a second; %s%n", commands / seconds, seen);
        if (commands >= 100_000) {
            assertThat(missing())
                    .as("every kind of event and every reason was met")
                    .isEmpty();
        }
    }

    @Test
    void aPlantedFaultIsFoundAndShrunkToAFewCommands() {
        Function<EngineLimits, Subject> faulty = limits -> new Faulty(new SlowModel(limits));
        List<Command> log = new ArrayList<>();
        SlowModel model = new SlowModel(EngineLimits.DEFAULT);
        RandomCommands drawn = new RandomCommands(generator(7), model, EngineLimits.DEFAULT);
        while (!differ(log, EngineLimits.DEFAULT, faulty)) {
            for (int i = 0; i < 500; i++) {
                log.add(drawn.next());
                model.apply(log.getLast());
            }
        }

        List<Command> shrunk = Shrinker.shrink(log, fewer -> differ(fewer, EngineLimits.DEFAULT, faulty));

        assertThat(differ(shrunk, EngineLimits.DEFAULT, faulty)).isTrue();
        assertThat(shrunk).as("a market, money, an iceberg and what meets it").hasSizeLessThanOrEqualTo(7);
        assertThat(Shrinker.asJava(EngineLimits.DEFAULT, shrunk))
                .contains("floor.apply(new Command.OpenMarket(new MarketSpec(new MarketId(")
                .contains("new OrderTerms(Side.");
    }

    private void run(long streamSeed, EngineLimits limits, int length) {
        SlowModel model = new SlowModel(limits);
        RandomCommands drawn = new RandomCommands(generator(streamSeed), model, limits);
        Subject engine = Subject.engine(limits);
        EventBook book = new EventBook();
        List<Command> log = new ArrayList<>();
        try {
            for (int i = 1; i <= length; i++) {
                log.add(drawn.next());
                boolean all = i % COMMANDS_PER_COMPARISON == 0 || i == length;
                step(log.getLast(), model, engine, book, all).forEach(this::count);
            }
        } catch (AssertionError | RuntimeException e) {
            List<Command> shrunk =
                    shrinks ? Shrinker.shrink(log, fewer -> differ(fewer, limits, Subject::engine)) : List.of();
            fail(
                    "-Dquoin.seed=%d -Dquoin.commands=%d, command %d: %s%nshrunk to:%n%s%n"
                            .formatted(seed, commands, log.size(), e, Shrinker.asJava(limits, shrunk)),
                    e);
        }
    }

    private static boolean differ(List<Command> log, EngineLimits limits, Function<EngineLimits, Subject> made) {
        SlowModel model = new SlowModel(limits);
        Subject subject = made.apply(limits);
        EventBook book = new EventBook();
        try {
            for (int i = 0; i < log.size(); i++) {
                step(log.get(i), model, subject, book, i == log.size() - 1);
            }
            return false;
        } catch (AssertionError | RuntimeException e) {
            return true;
        }
    }

    private static List<Event> step(Command command, SlowModel model, Subject subject, EventBook book, boolean all) {
        List<Event> expected = model.apply(command);
        List<Event> events = subject.apply(command);
        if (!events.equals(expected)) {
            assertThat(events).isEqualTo(expected);
        }
        book.follow(command, events);
        if (all) {
            book.compareWith(subject);
            model.orders()
                    .forEach(order -> assertThat(subject.order(order.order())).contains(order));
        }
        return events;
    }

    private void count(Event event) {
        @Nullable
        Object reason = switch (event) {
            case Event.OrderRejected r -> r.reason();
            case Event.AmendRejected r -> r.reason();
            case Event.OrderCancelled c -> c.reason();
            case Event.CommandRefused r -> r.reason();
            default -> null;
        };
        seen.merge(event.getClass().getSimpleName(), 1L, Long::sum);
        if (reason != null) {
            seen.merge(word(reason), 1L, Long::sum);
        }
    }

    private static String word(Object reason) {
        return reason.getClass().getSimpleName() + "." + reason;
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        Stream.of(Event.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .forEach(missing::add);
        Stream.of(RejectReason.values(), CancelReason.values(), RefusalReason.values())
                .flatMap(Stream::of)
                .filter(reason -> reason != RefusalReason.MALFORMED)
                .forEach(reason -> missing.add(word(reason)));
        missing.removeAll(seen.keySet());
        return missing;
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
