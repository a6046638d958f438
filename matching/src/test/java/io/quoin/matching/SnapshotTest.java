package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that go on from snapshots, in random streams from {@code -Dquoin.seed} (drawn anew and printed). */
class SnapshotTest {
    private static final int COMMANDS = 20_000;
    private static final int COMMANDS_OF_A_FULL_ENGINE = 4_000;
    private static final int RESTORED_AFTER_EACH = 2_000;
    private static final int COMMANDS_PER_RESTORE = 50;

    private final long seed = Long.getLong("quoin.seed", System.nanoTime());
    private final long most = Long.getLong("quoin.commands", 10 * COMMANDS) / 10;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    @Timeout(60)
    void anEngineGoesOnFromASnapshotAtAnyCommandWhateverItsSalt() {
        goOn(EngineLimits.DEFAULT, COMMANDS);
    }

    @Test
    @Timeout(60)
    void anEngineThatIsFullGoesOnFromASnapshotToo() {
        goOn(new EngineLimits(40, 6, 22, 10, 2, 4, 6), COMMANDS_OF_A_FULL_ENGINE);
        goOn(new EngineLimits(9, 3, 17, 3, 1, 3, 1), COMMANDS_OF_A_FULL_ENGINE);
    }

    private void goOn(EngineLimits limits, int commands) {
        System.out.println("SnapshotTest: -Dquoin.seed=" + seed);
        SlowModel model = new SlowModel(limits);
        RandomCommands drawn = new RandomCommands(random, model, limits);
        Engine engine = new Engine(limits, random.nextLong());
        Engine restored = new Engine(limits, random.nextLong());
        for (int i = 1; i <= Math.min(commands, most); i++) {
            Command command = drawn.next();
            model.apply(command);
            assertThat(Wire.apply(restored, command))
                    .as("seed %d, command %d: %s", seed, i, command)
                    .isEqualTo(Wire.apply(engine, command));
            if (i <= RESTORED_AFTER_EACH || i % COMMANDS_PER_RESTORE == 0) {
                restored = Snapshots.copy(restored, random.nextLong());
                assertThat(restored.stateHash())
                        .as("seed %d, command %d: %s", seed, i, command)
                        .isEqualTo(engine.stateHash());
            }
        }
        assertThat(Snapshots.joined(Snapshots.of(restored))).isEqualTo(Snapshots.joined(Snapshots.of(engine)));
    }

    @Test
    void aSnapshotOfEveryKindOfStateIsLoaded() {
        Engine engine = toldTheStory();

        Engine copy = Snapshots.copy(engine, 7);

        assertThat(Snapshots.joined(Snapshots.of(copy))).isEqualTo(Snapshots.joined(Snapshots.of(engine)));
        assertThat(copy.nowSeconds()).isEqualTo(2_000);
        assertThat(copy.nextExpirySeconds()).hasValue(5_000);
    }

    @Test
    void theSnapshotReturnsTheStateHashAndEndsWithIt() {
        Engine engine = toldTheStory();
        StateHash hash = new StateHash();
        List<byte[]> messages = Snapshots.of(engine);

        messages.subList(0, messages.size() - 1)
                .forEach(message -> hash.accept(new UnsafeBuffer(message), 0, message.length));

        assertThat(engine.snapshot((_, _, _) -> {}))
                .isEqualTo(engine.stateHash())
                .isEqualTo(hash.value());
        byte[] end = messages.getLast();
        assertThat(new UnsafeBuffer(end).getLong(end.length - Long.BYTES)).isEqualTo(hash.value());
    }

    @Test
    void thereIsNoEngineBeforeTheEnd() {
        EngineRestore restore = new EngineRestore(0);
        for (byte[] message : Snapshots.of(toldTheStory())) {
            assertThat(restore.engine()).isEmpty();
            restore.accept(new UnsafeBuffer(message), 0, message.length);
        }

        assertThat(restore.engine()).isPresent();
    }

    @Test
    void whatAllAccountsHoldCountsBehindARestoreToo() {
        AccountId account = new AccountId(1);
        for (AssetId asset : List.of(new AssetId(1), new AssetId(2), new AssetId(3))) {
            Engine copy = Snapshots.copy(toldTheStory(), 0);
            long room = (1L << 62) - 1 - held(copy, asset);

            assertThat(Telling.of(copy.apply(new Command.Credit(account, asset, room + 1))))
                    .containsExactly("refused AMOUNT_TOO_LARGE");
            assertThat(Telling.of(copy.apply(new Command.Credit(account, asset, room))))
                    .isEmpty();
        }
    }

    /** What the accounts of the story hold of an asset together. */
    private static long held(Engine engine, AssetId asset) {
        return LongStream.of(1, 2, 3, 4, 5, 100)
                .mapToObj(account -> engine.balance(new AccountId(account), asset))
                .mapToLong(it -> it.available() + it.reserved() + it.settling() + it.withdrawing() + it.exiting())
                .sum();
    }

    @Test
    void anOrderOfADisconnectGroupIsCancelledWithItBehindARestore() {
        Engine copy = Snapshots.copy(toldTheStory(), 0);

        assertThat(Telling.of(copy.apply(new Command.CancelAll(
                        new CancelScope.OfDisconnectGroup(SnapshotStory.OWNER_OF_A_GROUP, SnapshotStory.GROUP)))))
                .contains("cancelled 8 of " + SnapshotStory.ORDER_OF_A_GROUP + ": MASS_CANCEL")
                .endsWith("all cancelled: 1");
    }

    static Engine toldTheStory() {
        Engine engine = new Engine(SnapshotStory.LIMITS);
        SnapshotStory.commands().forEach(engine::apply);
        return engine;
    }
}
