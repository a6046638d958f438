package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Snapshots that were damaged on their way: refused with {@link MalformedMessage}, whatever is wrong. */
class DamagedSnapshotTest {
    private static final int[] MASKS = {255, 1, 2, 4, 8, 16, 32, 64, 128};
    private static final int BYTES_PER_CHANGE_IN_A_HURRY = 7;

    private final boolean hurries = Long.getLong("quoin.commands", 100_000) < 100_000;
    private final List<byte[]> sound = Snapshots.of(SnapshotTest.toldTheStory());

    @Test
    @Timeout(60)
    void everyChangeOfAByteIsRefused() {
        everyChange(sound);
    }

    @Test
    @Timeout(60)
    void everyChangeOfAByteOfVersionOneIsRefused() {
        everyChange(Snapshots.read("/snapshot-v1.bin"));
    }

    private void everyChange(List<byte[]> sound) {
        for (int at = 0; at < sound.size(); at++) {
            byte[] message = sound.get(at);
            List<byte[]> damaged = new ArrayList<>(sound);
            for (int i = 0; i < message.length; i += hurries ? BYTES_PER_CHANGE_IN_A_HURRY : 1) {
                for (int mask : Arrays.copyOf(MASKS, hurries ? 1 : MASKS.length)) {
                    byte[] changed = message.clone();
                    changed[i] ^= (byte) mask;
                    damaged.set(at, changed);
                    assertRefused(damaged, "message %d, byte %d, mask %d".formatted(at, i, mask));
                }
            }
        }
    }

    @Test
    void aMessageThatIsCutOffIsRefused() {
        for (int at = 0; at < sound.size(); at++) {
            List<byte[]> damaged = new ArrayList<>(sound);
            for (int length = 0; length < sound.get(at).length; length++) {
                damaged.set(at, Arrays.copyOf(sound.get(at), length));
                assertRefused(damaged, "message %d, cut to %d bytes".formatted(at, length));
            }
            damaged.set(at, Arrays.copyOf(sound.get(at), sound.get(at).length + 1));
            assertRefused(damaged, "message %d with a byte behind it".formatted(at));
        }
    }

    @Test
    void aMessageThatIsMissingOrComesTwiceIsRefused() {
        for (int at = 0; at < sound.size(); at++) {
            List<byte[]> twice = new ArrayList<>(sound);
            twice.add(at, sound.get(at));
            assertRefused(twice, "message %d twice".formatted(at));
            if (at < sound.size() - 1) {
                List<byte[]> missing = new ArrayList<>(sound);
                missing.remove(at);
                assertRefused(missing, "message %d is missing".formatted(at));
            }
        }
    }

    @Test
    void aMessageThatComesTwiceOrIsTooShortIsRefusedAtOnce() {
        for (int at = 0; at < sound.size(); at++) {
            byte[] message = sound.get(at);
            EngineRestore twice = accepted(at + 1);
            assertThatThrownBy(() -> twice.accept(new UnsafeBuffer(message), 0, message.length))
                    .isInstanceOf(MalformedMessage.class);
            byte[] shorter = Arrays.copyOf(message, message.length - 1);
            shorter[0]--;
            EngineRestore cut = accepted(at);
            assertThatThrownBy(() -> cut.accept(new UnsafeBuffer(shorter), 0, shorter.length))
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessageContaining("needs a block of " + (message.length - MessageFrame.HEADER_LENGTH));
        }
    }

    private EngineRestore accepted(int length) {
        EngineRestore restore = new EngineRestore(0);
        sound.subList(0, length).forEach(message -> restore.accept(new UnsafeBuffer(message), 0, message.length));
        return restore;
    }

    @Test
    void messagesInAnotherOrderAreRefused() {
        for (int at = 1; at < sound.size(); at++) {
            List<byte[]> swapped = new ArrayList<>(sound);
            swapped.set(at, sound.get(at - 1));
            swapped.set(at - 1, sound.get(at));
            assertRefused(swapped, "message %d before %d".formatted(at, at - 1));
        }
    }

    @Test
    void aSnapshotThatIsCutOffGivesNoEngine() {
        for (int length = 0; length < sound.size(); length++) {
            assertThat(accepted(length).engine()).isEmpty();
        }
    }

    @Test
    void whatFollowsTheEndIsRefusedAndTakesTheEngineAway() {
        for (byte[] message : List.of(sound.getFirst(), sound.get(1), sound.getLast())) {
            List<byte[]> longer = new ArrayList<>(sound);
            longer.add(message);
            assertRefused(longer, "something follows");
        }
    }

    @Test
    void commandsAndEventsAreNoPartOfASnapshot() {
        List<byte[]> mixed = new ArrayList<>(sound);
        mixed.add(1, Wire.bytes(new Command.AdvanceTime(9)));

        assertThatThrownBy(() -> Snapshots.restore(mixed, 0))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("message 4 is not of a snapshot");
    }

    @Test
    void whoGoesOnBehindARefusalGetsNoEngine() {
        EngineRestore restore = new EngineRestore(0);
        for (byte[] message : sound) {
            restore.accept(new UnsafeBuffer(message), 0, message.length);
            if (Arrays.equals(message, sound.get(2))) {
                assertThatThrownBy(() -> restore.accept(new UnsafeBuffer(message), 0, message.length))
                        .isInstanceOf(MalformedMessage.class)
                        .hasMessageContaining("comes twice");
            }
        }

        assertThat(restore.engine()).isEmpty();
    }

    private static void assertRefused(List<byte[]> messages, String what) {
        EngineRestore restore = new EngineRestore(0);
        boolean refused = false;
        try {
            messages.forEach(message -> restore.accept(new UnsafeBuffer(message), 0, message.length));
        } catch (MalformedMessage expected) {
            refused = true;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
        if (!refused || restore.engine().isPresent()) {
            throw new AssertionError(what + " was not refused");
        }
    }
}
