package io.quoin.matching;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code quoin-matching.xml} says what the bytes are; this holds the code and the bytes to it. */
class SchemaTest {
    private static final Path SCHEMA = Path.of("src/main/sbe/quoin-matching.xml");
    private static final Map<String, Integer> WIDTHS = Map.of("int64", 8, "int32", 4, "uint8", 1);
    private static final int FIRST_EVENT = 101;
    private static final int FIRST_SNAPSHOT = 201;
    private static final List<Class<? extends Enum<?>>> ENUMS = List.of(
            Side.class,
            OrderType.class,
            TimeInForce.class,
            PostOnly.class,
            SelfTradePrevention.class,
            MarketState.class,
            Backing.class,
            WithdrawalState.class,
            CancelReason.class,
            RejectReason.class,
            RefusalReason.class);

    private final Document schema = parse();
    private final Map<String, Element> types = byName("type");
    private final RandomRecords records = new RandomRecords(RandomGenerator.of("L64X128MixRandom"));

    @Test
    void theOrdinalOfEveryEnumIsTheDocumentedValue() {
        for (Class<? extends Enum<?>> constants : ENUMS) {
            assertThat(description(constants.getSimpleName()))
                    .isEqualTo(Arrays.stream(constants.getEnumConstants())
                            .map(constant -> WireValues.of(constant) + " " + constant.name())
                            .collect(Collectors.joining(", ")));
        }
        assertThat(Arrays.stream(RejectReason.values())
                        .map(reason -> (int) WireValues.of(new ClientOrderOutcome.Rejected(reason))))
                .as(description("ClientOrderOutcome"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, RejectReason.values().length)
                        .boxed()
                        .toList());
        assertThat(WireValues.of(new ClientOrderOutcome.Accepted())).isZero();
    }

    @Test
    void everyCancelScopeIsTheDocumentedValue() {
        List<String> values = new ArrayList<>();
        for (Class<?> kind : CancelScope.class.getPermittedSubclasses()) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);
            int length = CommandCodec.encode(new Command.CancelAll((CancelScope) records.next(kind)), buffer, 0);
            values.add(buffer.getByte(length - 1) + " " + kind.getSimpleName());
        }
        assertThat(description("CancelScope")).isEqualTo(String.join(", ", values));
    }

    @Test
    void everyCommandAndEventIsAMessageWithAnIdInItsOrder() {
        List<String> commands = new ArrayList<>();
        List<String> events = new ArrayList<>();
        byName("sbe:message").forEach((name, message) -> {
            int id = Integer.parseInt(message.getAttribute("id"));
            if (id < FIRST_SNAPSHOT) {
                (id < FIRST_EVENT ? commands : events).add(id + " " + name);
            }
        });

        assertThat(commands).isEqualTo(numbered(Command.class, 1));
        assertThat(events).isEqualTo(numbered(Event.class, FIRST_EVENT));
    }

    @Test
    void fieldsOfOneVersionAreOrderedByWidth_soThatBlocksHaveNoGaps() {
        byName("sbe:message").forEach((name, message) -> {
            assertThat(versions(message)).as(name).isSorted();
            assertThat(widths(message)).as(name).isEqualTo(sortedByVersionAndWidth(message));
        });
    }

    @Test
    void fieldsOfLaterVersionsAreThoseOfSnapshotsAlone_soThatVersionOneOfCommandsAndEventsIsRead() {
        byName("sbe:message").forEach((name, message) -> {
            if (Integer.parseInt(message.getAttribute("id")) < FIRST_SNAPSHOT) {
                assertThat(versions(message)).as(name).containsOnly(1);
            }
        });
    }

    @Test
    void everyMessageHasTheLengthOfItsFields_andNoneIsLongerThanTheLongest() {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        byName("sbe:message")
                .forEach((name, message) -> lengths.put(
                        name,
                        8 + widths(message).stream().mapToInt(width -> width).sum()));

        assertThat(lengths).containsEntry("OpenMarket", CommandCodec.MAX_LENGTH);
        for (Class<?> kind : Command.class.getPermittedSubclasses()) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);
            assertThat(CommandCodec.encode((Command) records.next(kind), buffer, 0))
                    .isEqualTo(lengths.get(kind.getSimpleName()));
        }
        assertThat(lengths).containsEntry("Filled", EventCodec.MAX_LENGTH);
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventCodec.MAX_LENGTH]);
            assertThat(EventCodec.encode((Event) records.next(kind), buffer, 0))
                    .isEqualTo(lengths.get(kind.getSimpleName()));
        }
    }

    @Test
    void theBytesOfAnOrder() {
        OrderTerms terms = new OrderTerms(
                Side.SELL,
                OrderType.STOP_LIMIT,
                TimeInForce.GTD,
                3,
                4,
                5,
                6,
                7,
                12,
                PostOnly.SLIDE,
                SelfTradePrevention.DECREMENT_AND_CANCEL,
                8);
        OrderLabels labels = new OrderLabels(9, -2, 13, 14);
        Command order = new Command.PlaceOrder(
                new OrderId(1), new MarketId(0x0b0a0908), new AccountId(0x1122334455667788L), terms, labels);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);

        int length = CommandCodec.encode(order, buffer, 0);

        assertThat(hex(buffer, length)).isEqualTo("""
                6500 0700 5175 0200\
                 0100000000000000 8877665544332211 0300000000000000 0400000000000000 0500000000000000\
                 0600000000000000 0700000000000000 0800000000000000 0900000000000000 feffffffffffffff\
                 08090a0b 0c000000 0d000000 0e000000\
                 01 03 01 02 03""".replace(" ", ""));
    }

    @Test
    void theBytesOfAFill() {
        Event fill = new Event.Filled(
                new FillId(1),
                new MarketId(15),
                new OrderId(2),
                new OrderId(3),
                new AccountId(4),
                new AccountId(5),
                Side.SELL,
                6,
                7,
                8,
                9,
                -1,
                10,
                11,
                12,
                Long.MAX_VALUE);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventCodec.MAX_LENGTH]);

        int length = EventCodec.encode(fill, buffer, 0);

        assertThat(hex(buffer, length)).isEqualTo("""
                7500 6d00 5175 0200\
                 0100000000000000 0200000000000000 0300000000000000 0400000000000000 0500000000000000\
                 0600000000000000 0700000000000000 0800000000000000 0900000000000000 ffffffffffffffff\
                 0a00000000000000 0b00000000000000 0c00000000000000 ffffffffffffff7f\
                 0f000000\
                 01""".replace(" ", ""));
    }

    private List<Integer> widths(Element message) {
        return fields(message).map(this::width).toList();
    }

    private int width(Element field) {
        return requireNonNull(WIDTHS.get(type(field.getAttribute("type")).getAttribute("primitiveType")));
    }

    /** The version that each field came with. */
    private static List<Integer> versions(Element message) {
        return fields(message).map(SchemaTest::version).toList();
    }

    private static int version(Element field) {
        String since = field.getAttribute("sinceVersion");
        return since.isEmpty() ? 1 : Integer.parseInt(since);
    }

    private List<Integer> sortedByVersionAndWidth(Element message) {
        return fields(message)
                .sorted(Comparator.comparingInt(SchemaTest::version)
                        .thenComparing(this::width, Comparator.reverseOrder()))
                .map(this::width)
                .toList();
    }

    private static Stream<Element> fields(Element message) {
        NodeList fields = message.getElementsByTagName("field");
        return IntStream.range(0, fields.getLength()).mapToObj(i -> (Element) fields.item(i));
    }

    private String description(String type) {
        return type(type).getAttribute("description").replaceAll("\\s+", " ");
    }

    private Element type(String name) {
        return requireNonNull(types.get(name), name);
    }

    private Map<String, Element> byName(String tag) {
        Map<String, Element> elements = new LinkedHashMap<>();
        NodeList found = schema.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            elements.put(element.getAttribute("name"), element);
        }
        return elements;
    }

    private static List<String> numbered(Class<?> sealed, int first) {
        Class<?>[] kinds = sealed.getPermittedSubclasses();
        return IntStream.range(0, kinds.length)
                .mapToObj(i -> (first + i) + " " + kinds[i].getSimpleName())
                .toList();
    }

    private static String hex(UnsafeBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Document parse() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(SCHEMA.toFile());
        } catch (Exception e) {
            throw new AssertionError(SCHEMA + " cannot be read", e);
        }
    }
}
