package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.quoin.matching.sbe.BalanceChangedEncoder;
import io.quoin.matching.sbe.ExitChangedEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.PlaceOrderEncoder;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that are no message: what is said of them, and that they do nothing worse, from {@code -Dquoin.seed}. */
class MalformedMessageTest {
    private static final int ROUNDS = 200_000;
    private static final int MAX_CHANGED_BYTES = 4;
    private static final OrderId ORDER = new OrderId(1);
    private static final AccountId ACCOUNT = new AccountId(2);

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventCodec.MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder().wrap(buffer, 0);
    private int length;

    @BeforeEach
    void writeACommand() {
        length = CommandCodec.encode(new Command.CancelOrder(ORDER, ACCOUNT), buffer, 0);
    }

    @Test
    void aHeaderThatIsCutOff() {
        assertRefused(0, "a message begins with a header of 8 bytes, but only 0 are there");
        assertRefused(7, "a message begins with a header of 8 bytes, but only 7 are there");
    }

    @Test
    void aBlockThatIsCutOff() {
        assertRefused(length - 1, "the message says that its block has 16 bytes, but 15 are there");
    }

    @Test
    void bytesBehindACommand() {
        assertRefused(length + 2, "2 bytes follow the command");
    }

    @Test
    void anotherSchema() {
        header.schemaId(1);

        assertRefused(length, "schema 1 is not this engine's, which is 30033");
    }

    @Test
    void anotherVersion() {
        header.version(3);
        assertRefused(length, "version 3 of the schema is unknown; known are 1 to 2");

        header.version(0);
        assertRefused(length, "version 0 of the schema is unknown; known are 1 to 2");
    }

    @Test
    void aBlockThatIsTooShort() {
        header.blockLength(15);

        assertRefused(length - 1, "message 9 needs a block of 16 bytes, but this one has 15");
    }

    @Test
    void aBlockThatIsLonger_isReadAsFarAsItIsKnown() {
        header.blockLength(20);

        assertThat(CommandCodec.decode(buffer, 0, length + 4)).isEqualTo(new Command.CancelOrder(ORDER, ACCOUNT));
    }

    @Test
    void anUnknownMessage() {
        header.templateId(77);

        assertRefused(length, "message 77 is no command");
        assertThatThrownBy(() -> EventCodec.decode(buffer, 0, length)).hasMessage("message 77 is no event");
    }

    @Test
    void anEventInPlaceOfACommandAndACommandInPlaceOfAnEvent() {
        assertThatThrownBy(() -> EventCodec.decode(buffer, 0, length)).hasMessage("message 9 is no event");

        length = EventCodec.encode(new Event.AllCancelled(1), buffer, 0);

        assertRefused(length, "message 116 is no command");
    }

    @Test
    void aValueThatStandsForNothing() {
        OrderTerms terms = OrderTerms.limit(Side.BUY, 1, 1);
        Command order = new Command.PlaceOrder(ORDER, new MarketId(1), ACCOUNT, terms, OrderLabels.NONE);
        length = CommandCodec.encode(order, buffer, 0);

        new PlaceOrderEncoder()
                .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                .side((short) 2);

        assertRefused(length, "2 is no side; the highest is 1");
    }

    @Test
    void aScopeThatStandsForNothing() {
        length = CommandCodec.encode(new Command.CancelAll(new CancelScope.OfAccount(ACCOUNT)), buffer, 0);

        buffer.putByte(length - 1, (byte) 5);

        assertRefused(length, "5 is no cancel scope; the highest is 4");
    }

    @Test
    void neitherYesNorNo() {
        length = EventCodec.encode(new Event.ExitChanged(ACCOUNT, new AssetId(1), true), buffer, 0);

        new ExitChangedEncoder()
                .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                .exiting((short) 255);

        assertThatThrownBy(() -> EventCodec.decode(buffer, 0, length))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("255 is neither 0 (no) nor 1 (yes)");
    }

    @Test
    void aNegativeBalance() {
        length = EventCodec.encode(new Event.BalanceChanged(ACCOUNT, new AssetId(1), Balance.ZERO), buffer, 0);

        new BalanceChangedEncoder()
                .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                .owed(-1);

        assertThatThrownBy(() -> EventCodec.decode(buffer, 0, length))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("a part of a balance is negative");
    }

    @Test
    void bytesThatTheBufferDoesNotHave() {
        for (int[] place : new int[][] {
            {-1, 10},
            {0, -1},
            {0, EventCodec.MAX_LENGTH + 1},
            {EventCodec.MAX_LENGTH, 1},
            {Integer.MAX_VALUE, 8},
            {1, Integer.MAX_VALUE},
            {Integer.MIN_VALUE, Integer.MIN_VALUE},
            {Integer.MAX_VALUE, Integer.MIN_VALUE}
        }) {
            assertThatThrownBy(() -> CommandCodec.decode(buffer, place[0], place[1]))
                    .isInstanceOf(MalformedMessage.class);
            assertThatThrownBy(() -> EventCodec.decode(buffer, place[0], place[1]))
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessage("a buffer of %d bytes does not have the %d bytes from %d"
                            .formatted(EventCodec.MAX_LENGTH, place[1], place[0]));
        }
    }

    @Test
    void randomAndDamagedBytesAreMalformedAndNothingWorse() {
        System.out.println("MalformedMessageTest: -Dquoin.seed=" + seed);
        RandomRecords records = new RandomRecords(random);
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = random.nextInt(4) == 0 ? noise() : damaged(records);
            read += isRead(bytes) ? 1 : 0;
        }
        assertThat(read).as("damage that the codec cannot see is common too").isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
    }

    @Test
    void everyMessageCutOffAnywhereIsMalformed() {
        RandomRecords records = new RandomRecords(random);
        for (Class<?> kind : Command.class.getPermittedSubclasses()) {
            int whole = CommandCodec.encode((Command) records.next(kind), buffer, 0);
            for (int cut = 0; cut < whole; cut++) {
                int there = cut;
                assertThatThrownBy(() -> CommandCodec.decode(buffer, 0, there)).isInstanceOf(MalformedMessage.class);
            }
        }
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            int whole = EventCodec.encode((Event) records.next(kind), buffer, 0);
            for (int cut = 1; cut < whole; cut++) {
                int there = cut;
                assertThatThrownBy(() -> EventCodec.decode(buffer, 0, there)).isInstanceOf(MalformedMessage.class);
            }
        }
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(EventCodec.MAX_LENGTH * 2)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] damaged(RandomRecords records) {
        Class<?>[] kinds = (random.nextBoolean() ? Command.class : Event.class).getPermittedSubclasses();
        Object message = records.next(kinds[random.nextInt(kinds.length)]);
        int whole = message instanceof Command command
                ? CommandCodec.encode(command, buffer, 0)
                : EventCodec.encode((Event) message, buffer, 0);
        byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(whole) : whole];
        buffer.getBytes(0, bytes);
        for (int i = random.nextInt(MAX_CHANGED_BYTES); i > 0 && bytes.length > 0; i--) {
            int at =
                    random.nextBoolean() ? random.nextInt(bytes.length) : Math.min(random.nextInt(8), bytes.length - 1);
            bytes[at] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Whether the bytes are a command or events; if so, writing and reading these again must change nothing. */
    private boolean isRead(byte[] bytes) {
        UnsafeBuffer given = new UnsafeBuffer(bytes);
        boolean read = false;
        try {
            Command command = CommandCodec.decode(given, 0, bytes.length);
            int again = CommandCodec.encode(command, buffer, 0);
            assertThat(CommandCodec.decode(buffer, 0, again)).isEqualTo(command);
            read = true;
        } catch (MalformedMessage expected) {
            assertThat(expected).hasMessageNotContaining("null");
        } catch (RuntimeException e) {
            fail("seed %d: %s".formatted(seed, HexFormat.of().formatHex(bytes)), e);
        }
        try {
            List<Event> events = EventCodec.decode(given, 0, bytes.length);
            read |= !events.isEmpty();
        } catch (MalformedMessage expected) {
            assertThat(expected).hasMessageNotContaining("null");
        } catch (RuntimeException e) {
            fail("seed %d: %s".formatted(seed, HexFormat.of().formatHex(bytes)), e);
        }
        return read;
    }

    private void assertRefused(int there, String message) {
        assertThatThrownBy(() -> CommandCodec.decode(buffer, 0, there))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage(message);
    }
}
