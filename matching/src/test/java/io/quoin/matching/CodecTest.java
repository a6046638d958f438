package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random commands and events, from {@code -Dquoin.seed} (drawn anew and printed), to bytes and back. */
class CodecTest {
    private static final int RECORDS_PER_KIND = 1_000;
    private static final int OFFSET = 3;

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final RandomRecords records = new RandomRecords(random);

    @BeforeEach
    void sayTheSeed() {
        System.out.println("CodecTest: -Dquoin.seed=" + seed);
    }

    @Test
    void everyCommandIsReadAsItWasWritten() {
        commands().forEach(command -> {
            UnsafeBuffer buffer = filled(CommandCodec.MAX_LENGTH + OFFSET, 0xff);

            int length = CommandCodec.encode(command, buffer, OFFSET);

            assertThat(CommandCodec.decode(buffer, OFFSET, length)).isEqualTo(command);
        });
        assertThatAllWereDrawn(Side.class, OrderType.class, TimeInForce.class, PostOnly.class);
        assertThatAllWereDrawn(SelfTradePrevention.class, MarketState.class, Backing.class);
    }

    @Test
    void everyEventIsReadAsItWasWritten() {
        events().forEach(event -> {
            UnsafeBuffer buffer = filled(EventCodec.MAX_LENGTH + OFFSET, 0xff);

            int length = EventCodec.encode(event, buffer, OFFSET);

            assertThat(EventCodec.decode(buffer, OFFSET, length)).containsExactly(event);
        });
        assertThatAllWereDrawn(RejectReason.class, RefusalReason.class, CancelReason.class, WithdrawalState.class);
        assertThatAllWereDrawn(Side.class, OrderType.class, TimeInForce.class, PostOnly.class);
        assertThatAllWereDrawn(SelfTradePrevention.class, MarketState.class, Backing.class);
    }

    @Test
    void aRunOfEventsIsReadInItsOrder() {
        List<Event> run = new ArrayList<>();
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int end = OFFSET;
        for (Event event : events().toList()) {
            run.add(event);
            end += EventCodec.encode(event, buffer, end);
        }

        assertThat(EventCodec.decode(buffer, OFFSET, end - OFFSET)).isEqualTo(run);
        assertThat(EventCodec.decode(buffer, OFFSET, 0)).isEmpty();
    }

    @Test
    void everyByteOfAMessageIsWritten_soThatTheSameCommandsGiveTheSameBytes() {
        Stream.concat(commands(), events()).forEach(message -> {
            UnsafeBuffer zeros = filled(EventCodec.MAX_LENGTH + OFFSET + 1, 0x00);
            UnsafeBuffer ones = filled(EventCodec.MAX_LENGTH + OFFSET + 1, 0xff);

            int length = encode(message, zeros);
            encode(message, ones);

            assertThat(bytes(zeros, OFFSET, length)).isEqualTo(bytes(ones, OFFSET, length));
            assertThat(bytes(ones, 0, OFFSET)).as("before it").containsOnly((byte) 0xff);
            assertThat(ones.getByte(OFFSET + length)).as("behind it").isEqualTo((byte) 0xff);
        });
    }

    @Test
    void aBufferThatIsTooShortIsNotWrittenBeyondItsEnd() {
        Command command = records.next(Command.PlaceOrder.class);

        assertThatThrownBy(() -> CommandCodec.encode(command, new UnsafeBuffer(new byte[50]), 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private Stream<Command> commands() {
        return drawn(Command.class).map(Command.class::cast);
    }

    private Stream<Event> events() {
        return drawn(Event.class).map(Event.class::cast);
    }

    private Stream<Object> drawn(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(kind ->
                        Stream.generate(() -> (Object) records.next(kind)).limit(RECORDS_PER_KIND));
    }

    @SafeVarargs
    private void assertThatAllWereDrawn(Class<? extends Enum<?>>... enums) {
        for (Class<? extends Enum<?>> constants : enums) {
            assertThat(records.drawn()).as("%s, seed %d", constants, seed).contains(constants.getEnumConstants());
        }
    }

    private static int encode(Object message, UnsafeBuffer buffer) {
        return message instanceof Command command
                ? CommandCodec.encode(command, buffer, OFFSET)
                : EventCodec.encode((Event) message, buffer, OFFSET);
    }

    private static UnsafeBuffer filled(int length, int value) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        buffer.setMemory(0, length, (byte) value);
        return buffer;
    }

    private static byte[] bytes(UnsafeBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return copy;
    }
}
