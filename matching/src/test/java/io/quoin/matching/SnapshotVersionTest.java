package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** {@code snapshot-v1.bin} was written by version 1 behind {@link SnapshotStory}. */
class SnapshotVersionTest {
    private static final int COMMANDS = 5_000;

    private final List<byte[]> versionOne = Snapshots.read("/snapshot-v1.bin");

    @Test
    void versionOneIsLoadedButForDisconnectGroups() {
        Engine engine = SnapshotTest.toldTheStory();
        SlowModel model = told();

        Engine restored = Snapshots.restore(versionOne, 3);

        assertThat(model.orders()).hasSize(versionOneOrders()).allSatisfy(order -> {
            OrderLabels labels = order.labels();
            OrderLabels ungrouped = new OrderLabels(labels.clientOrder(), labels.session(), 0, labels.tradeGroup());
            assertThat(engine.order(order.order())).contains(order);
            assertThat(restored.order(order.order()))
                    .contains(new OpenOrder(
                            order.order(),
                            order.market(),
                            order.account(),
                            order.terms(),
                            ungrouped,
                            order.remainingLots(),
                            order.visibleLots()));
        });
        assertThat(restored.stateHash()).isNotEqualTo(engine.stateHash());
        assertThat(cancelGroup(restored)).containsExactly("all cancelled: 0");
    }

    @Test
    void anEngineOfVersionOneGoesOnAsOneThatGotTheSameCommands() {
        SlowModel model = told();
        RandomCommands drawn = new RandomCommands(
                RandomGeneratorFactory.of("L64X128MixRandom").create(11), model, SnapshotStory.LIMITS);
        Engine engine = SnapshotTest.toldTheStory();
        Engine restored = Snapshots.restore(versionOne, 0);
        for (int i = 0; i < COMMANDS; i++) {
            Command command = drawn.next();
            if (command instanceof Command.CancelAll(CancelScope.OfDisconnectGroup _)) {
                continue;
            }
            model.apply(command);
            assertThat(Wire.apply(restored, command)).as("%d: %s", i, command).isEqualTo(Wire.apply(engine, command));
        }
    }

    @Test
    void withoutItsOrdersTheStateOfVersionOneIsThatOfVersionTwo() {
        Engine engine = SnapshotTest.toldTheStory();
        Engine restored = Snapshots.restore(versionOne, 0);
        for (int market : List.of(1, 2, 3, -4, 5)) {
            Command all = new Command.CancelAll(new CancelScope.OfMarket(new MarketId(market)));
            assertThat(restored.apply(all)).isEqualTo(engine.apply(all));
        }

        assertThat(restored.stateHash()).isEqualTo(engine.stateHash());
    }

    @Test
    void commandsAndEventsOfVersionOneAreRead() {
        Engine engine = new Engine(SnapshotStory.LIMITS);
        Engine old = new Engine(SnapshotStory.LIMITS);
        for (Command command : SnapshotStory.commands()) {
            byte[] bytes = Wire.ofVersion(Wire.bytes(command), 1);
            assertThat(CommandCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length))
                    .isEqualTo(command);
            assertThat(Wire.apply(old, bytes)).isEqualTo(Wire.apply(engine, command));
        }
        byte[] event = new byte[EventCodec.MAX_LENGTH];
        Event settled = new Event.FillSettled(new FillId(4));
        int length = EventCodec.encode(settled, new UnsafeBuffer(event), 0);
        assertThat(EventCodec.decode(new UnsafeBuffer(Wire.ofVersion(event, 1)), 0, length))
                .containsExactly(settled);
    }

    @Test
    void aNewerVersionIsRefused() {
        List<byte[]> newer = Snapshots.of(SnapshotTest.toldTheStory()).stream()
                .map(message -> Wire.ofVersion(message, 3))
                .toList();

        assertThatThrownBy(() -> Snapshots.restore(newer, 0))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("version 3 of the schema is unknown; known are 1 to 2");
    }

    @Test
    void aSnapshotIsOfOneVersion() {
        List<byte[]> mixed = new ArrayList<>(Snapshots.of(SnapshotTest.toldTheStory()));
        mixed.set(1, Wire.ofVersion(mixed.get(1), 1));

        assertThatThrownBy(() -> Snapshots.restore(mixed, 0))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("message 1 is of version 1, but the snapshot began with version 2");
    }

    private int versionOneOrders() {
        return (int) versionOne.stream()
                .filter(message -> (message[2] & 0xff) == 204)
                .count();
    }

    private static SlowModel told() {
        SlowModel model = new SlowModel(SnapshotStory.LIMITS);
        SnapshotStory.commands().forEach(model::apply);
        return model;
    }

    private static List<String> cancelGroup(Engine engine) {
        return Telling.of(engine.apply(new Command.CancelAll(
                new CancelScope.OfDisconnectGroup(SnapshotStory.OWNER_OF_A_GROUP, SnapshotStory.GROUP))));
    }
}
