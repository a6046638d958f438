package io.quoin.signer.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.fingerprint.Fingerprint;
import io.quoin.signer.journal.JournalSnapshot.Counted;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTextTest {
    private static final Bytes32 WORD = Fingerprint.of("word").sha256();
    private static final EvmAddress ADDRESS = new EvmAddress("0x" + "ab".repeat(20));
    private static final KeyName KEY = new KeyName("operator");

    @Test
    void journal_writtenAndRead_isTheSame_andAlwaysGivesTheSameText() {
        JournalSnapshot snapshot = snapshot();
        String text = JournalText.write(snapshot);

        JournalSnapshot read = JournalText.read(text);

        assertThat(read.position()).isEqualTo(snapshot.position());
        assertThat(read.rows()).containsExactlyInAnyOrderElementsOf(snapshot.rows());
        assertThat(read.counted()).isEqualTo(snapshot.counted());
        assertThat(JournalText.write(read)).isEqualTo(text);
        assertThat(text.lines().filter(line -> line.startsWith("slot "))).hasSize(5);
    }

    @Test
    void export_withAnyByteChangedOrCut_isRefused() {
        long seed = System.nanoTime();
        System.out.println("JournalTextTest seed " + seed);
        Random random = new Random(seed);
        String text = JournalText.write(snapshot());

        for (int i = 0; i < 2_000; i++) {
            int at = random.nextInt(text.length());
            char other = (char) (text.charAt(at) ^ (1 + random.nextInt(6)));
            String changed = text.substring(0, at) + other + text.substring(at + 1);
            assertThatThrownBy(() -> JournalText.read(changed)).as("byte " + at).isInstanceOf(JournalException.class);
            assertThatThrownBy(() -> JournalText.read(text.substring(0, at)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("Export it again");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonce/eip155:1/0x00/1",
                "evm-nonce/eip155:1/0xabababababababababababababababababababab",
                "evm-nonce/eip155:1/0xabababababababababababababababababababab/07",
                "evm-nonce/eip155:1/0xabababababababababababababababababababab/-1",
                "evm-nonce/bip122:1/0xabababababababababababababababababababab/1",
                "evm-nonce/eip155:1/0xABababababababababababababababababababab/1",
                "escrow/eip155:1/0x12/0",
                "eip712/eip155:1/0xabababababababababababababababababababab/1"
            })
    void slot_whenNotWrittenInTheOneWay_isRefused(String text) {
        assertThatThrownBy(() -> Slot.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JournalSnapshot snapshot() {
        ChainId chain = ChainId.eip155(31337);
        List<Held> rows = List.of(
                held(
                        new Slot.EvmTurn(chain, ADDRESS, new EvmNonce(7)),
                        Optional.of(WORD),
                        Optional.of(new Hex("0x01"))),
                held(new Slot.EvmAction(chain, ADDRESS, WORD), Optional.empty(), Optional.empty()),
                held(
                        new Slot.Outpoint(ChainId.parse("bip122:00ff"), WORD, 4_294_967_295L),
                        Optional.empty(),
                        Optional.empty()),
                held(new Slot.EscrowLeg(chain, WORD, 1), Optional.empty(), Optional.empty()),
                held(
                        new Slot.TypedMessage(
                                chain, ADDRESS, ADDRESS, BigInteger.TWO.pow(256).subtract(BigInteger.ONE)),
                        Optional.empty(),
                        Optional.empty()));
        Counted counted = new Counted(
                Instant.ofEpochMilli(1_700_000_000_123L), KEY, new Spending("eip155:1/slip44:60", BigInteger.TEN));
        return new JournalSnapshot(new JournalPosition(new UUID(1, 2), 5, WORD), rows, List.of(counted, counted));
    }

    private static Held held(Slot slot, Optional<Bytes32> bound, Optional<Hex> signature) {
        return new Held(slot, KEY, WORD, Held.Mark.PLAIN, bound, WORD, BigInteger.valueOf(9), 3, signature);
    }
}
