package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.matching.sbe.PlaceOrderDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that are no command, given to an engine, from {@code -Dquoin.seed} (drawn anew and printed). */
class HostileBytesTest {
    private static final int ROUNDS = 30_000;
    private static final int COMMANDS_TO_DAMAGE = 600;
    private static final int CHANGED_BYTES = 4;

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());
    private final int rounds = (int) Math.min(ROUNDS, Long.getLong("quoin.commands", ROUNDS));
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final RandomRecords records = new RandomRecords(random);

    @Test
    void randomAndDamagedCommandsAreAnsweredAndARefusalChangesNothing() {
        System.out.println("HostileBytesTest: -Dquoin.seed=" + seed);
        List<byte[]> sound = commands();
        Engine engine = SnapshotTest.toldTheStory();
        int malformed = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = random.nextInt(5) == 0 ? noise() : damaged(sound);
            malformed += isRefused(engine, bytes) ? 1 : 0;
        }
        assertThat(malformed).as("both are common").isBetween(rounds / 10, rounds * 9 / 10);
    }

    @Test
    void everyCommandCutOffOrGrownIsMalformed() {
        Engine engine = SnapshotTest.toldTheStory();
        long before = engine.stateHash();
        for (Class<?> kind : Command.class.getPermittedSubclasses()) {
            byte[] whole = Wire.bytes((Command) records.next(kind));
            for (int length = 0; length <= whole.length + 2; length++) {
                if (length != whole.length) {
                    assertMalformed(engine, Arrays.copyOf(whole, length), 0, length);
                    // the block says that it is as short as that
                    if (length >= MessageFrame.HEADER_LENGTH && length < whole.length) {
                        byte[] shorter = Arrays.copyOf(whole, length);
                        shorter[0] = (byte) (length - MessageFrame.HEADER_LENGTH);
                        assertMalformed(engine, shorter, 0, length);
                    }
                }
            }
        }
        assertThat(engine.stateHash()).isEqualTo(before);
    }

    @Test
    void aModeOfAnOrderThatStandsForNothingIsMalformed() {
        Engine engine = SnapshotTest.toldTheStory();
        OrderTerms terms = OrderTerms.limit(Side.BUY, 90, 1);
        byte[] sound = Wire.bytes(
                new Command.PlaceOrder(new OrderId(900), new MarketId(1), new AccountId(1), terms, OrderLabels.NONE));
        Map<Integer, Integer> modes = Map.of(
                PlaceOrderDecoder.sideEncodingOffset(), Side.values().length,
                PlaceOrderDecoder.orderTypeEncodingOffset(), OrderType.values().length,
                PlaceOrderDecoder.timeInForceEncodingOffset(), TimeInForce.values().length,
                PlaceOrderDecoder.postOnlyEncodingOffset(), PostOnly.values().length,
                PlaceOrderDecoder.selfTradeEncodingOffset(), SelfTradePrevention.values().length);

        modes.forEach((offset, constants) -> {
            for (int value : new int[] {0, 1, 2, 3, 4, 5, 8, 127, 128, 252, 255}) {
                byte[] bytes = sound.clone();
                bytes[MessageFrame.HEADER_LENGTH + offset] = (byte) value;
                assertThat(isRefused(engine, bytes))
                        .as("offset %d, value %d", offset, value)
                        .isEqualTo(value >= constants);
            }
        });
    }

    @Test
    void bytesThatTheBufferDoesNotHaveAreMalformed() {
        Engine engine = SnapshotTest.toldTheStory();
        byte[] whole = Wire.bytes(new Command.Credit(new AccountId(1), new AssetId(1), 1));
        for (int offset : new int[] {-1, 1, whole.length, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertMalformed(engine, whole, offset, whole.length);
        }
        for (int length : new int[] {-1, 0, 7, whole.length + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertMalformed(engine, whole, 0, length);
        }
    }

    /** Whether the bytes are refused as malformed: exactly if they are no command. */
    private boolean isRefused(Engine engine, byte[] bytes) {
        long before = engine.stateHash();
        try {
            int length = engine.apply(new UnsafeBuffer(bytes), 0, bytes.length);
            List<Event> events = EventCodec.decode(engine.events(), 0, length);
            boolean refused = !events.isEmpty() && events.getFirst() instanceof Event.CommandRefused;
            boolean malformed = events.equals(List.of(new Event.CommandRefused(RefusalReason.MALFORMED)));
            assertThat(malformed).isNotEqualTo(isCommand(bytes));
            assertThat(refused && (events.size() > 1 || engine.stateHash() != before))
                    .as("a refusal changes nothing")
                    .isFalse();
            return malformed;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d: %s".formatted(seed, HexFormat.of().formatHex(bytes)), e);
        }
    }

    private static boolean isCommand(byte[] bytes) {
        try {
            CommandCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length);
            return true;
        } catch (MalformedMessage malformed) {
            return false;
        }
    }

    private static void assertMalformed(Engine engine, byte[] bytes, int offset, int length) {
        int said = engine.apply(new UnsafeBuffer(bytes), offset, length);
        assertThat(EventCodec.decode(engine.events(), 0, said))
                .containsExactly(new Event.CommandRefused(RefusalReason.MALFORMED));
    }

    /** Commands that mostly make sense, and some of every kind with whatever is inside them. */
    private List<byte[]> commands() {
        List<byte[]> commands = new ArrayList<>();
        SlowModel model = new SlowModel(SnapshotStory.LIMITS);
        RandomCommands drawn = new RandomCommands(random, model, SnapshotStory.LIMITS);
        for (int i = 0; i < COMMANDS_TO_DAMAGE; i++) {
            Command command = drawn.next();
            model.apply(command);
            commands.add(Wire.bytes(command));
        }
        for (Class<?> kind : Command.class.getPermittedSubclasses()) {
            commands.add(Wire.bytes((Command) records.next(kind)));
        }
        return commands;
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(2 * CommandCodec.MAX_LENGTH)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] damaged(List<byte[]> sound) {
        byte[] whole = sound.get(random.nextInt(sound.size()));
        byte[] bytes = Arrays.copyOf(whole, random.nextInt(9) == 0 ? random.nextInt(whole.length) : whole.length);
        for (int i = random.nextInt(CHANGED_BYTES); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(
                    random.nextInt(3) == 0 ? Math.min(MessageFrame.HEADER_LENGTH, bytes.length) : bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(3));
        }
        return bytes;
    }
}
