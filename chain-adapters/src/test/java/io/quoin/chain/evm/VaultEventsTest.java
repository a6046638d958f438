package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.chain.ChainEvent;
import io.quoin.chain.evm.VaultEvents.Decoded;
import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.IEscrowVault;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;

class VaultEventsTest {
    private static final String WORD = "0x" + "0".repeat(24) + "00000000000000000000000000000000000000aa";
    private static final String TOKEN = "0x" + "0".repeat(24) + "00000000000000000000000000000000000000bb";
    private static final String SEQ = "0x" + "0".repeat(62) + "41";
    private static final EvmAddress VAULT = EvmAddress.of("0x00000000000000000000000000000000000000cc");

    @Test
    void deposited_isDecoded() {
        VaultLog log = log(IEscrowVault.DEPOSITED_EVENT, "0x" + "0".repeat(62) + "2a", WORD, TOKEN);

        assertThat(VaultEvents.decode(log))
                .contains(new Decoded.Whole(new ChainEvent.Deposited(
                        log.position(),
                        EvmAddress.of("0x00000000000000000000000000000000000000aa"),
                        EvmAddress.of("0x00000000000000000000000000000000000000bb"),
                        BigInteger.valueOf(42))));
    }

    @Test
    void withdrawn_isDecoded() {
        VaultLog log = log(IEscrowVault.WITHDRAWN_EVENT, "0x" + "0".repeat(62) + "2a" + WORD.substring(2), WORD, TOKEN);

        assertThat(VaultEvents.decode(log))
                .contains(new Decoded.Whole(new ChainEvent.Withdrawn(
                        log.position(),
                        EvmAddress.of("0x00000000000000000000000000000000000000aa"),
                        EvmAddress.of("0x00000000000000000000000000000000000000bb"),
                        BigInteger.valueOf(42))));
    }

    @Test
    void endsOfABatch_areDecoded() {
        Bytes32 market = new Bytes32(WORD);
        VaultLog released = log(IEscrowVault.RELEASED_EVENT, "0x", WORD, SEQ);
        VaultLog refunded = log(IEscrowVault.REFUNDED_EVENT, "0x", WORD, SEQ);
        VaultLog closed =
                log(IEscrowVault.FILLCLOSED_EVENT, "0x" + "0".repeat(63) + "3" + "0".repeat(63) + "2", WORD, SEQ);

        assertThat(VaultEvents.decode(released))
                .contains(new Decoded.Whole(new ChainEvent.Released(released.position(), market, 65)));
        assertThat(VaultEvents.decode(refunded))
                .contains(new Decoded.Whole(new ChainEvent.Refunded(refunded.position(), market, 65)));
        assertThat(VaultEvents.decode(closed))
                .contains(new Decoded.Whole(new ChainEvent.FillClosed(closed.position(), market, 65, 3, 2)));
    }

    @Test
    void logsOfNoMeaning_areLeftOut() {
        assertThat(VaultEvents.decode(log(EscrowVault.EIP712DOMAINCHANGED_EVENT, "0x")))
                .isEmpty();
        assertThat(VaultEvents.decode(new VaultLog(VAULT, List.of(), Hex.EMPTY, 1, Bytes32.ZERO, Bytes32.ZERO, 0, 0)))
                .isEmpty();
    }

    @Test
    void logsOfAKnownTopicAndAnotherForm_areRefused() {
        String word = "0x" + "0".repeat(64);
        refused(log(IEscrowVault.DEPOSITED_EVENT, "0x", WORD, TOKEN));
        refused(log(IEscrowVault.DEPOSITED_EVENT, word, WORD));
        refused(log(IEscrowVault.RELEASED_EVENT, "0x"));
        refused(log(IEscrowVault.LOCKED_EVENT, word));
        refused(log(IEscrowVault.FILLSKIPPED_EVENT, word));
        refused(log(IEscrowVault.FILLSKIPPED_EVENT, "0x" + "f".repeat(64), WORD));
    }

    private static void refused(VaultLog log) {
        assertThatIllegalArgumentException().isThrownBy(() -> VaultEvents.decode(log));
    }

    private static VaultLog log(Event event, String data, String... indexed) {
        List<Bytes32> topics = new ArrayList<>(List.of(new Bytes32(EventEncoder.encode(event))));
        List.of(indexed).forEach(topic -> topics.add(new Bytes32(topic)));
        return new VaultLog(VAULT, topics, new Hex(data), 7, new Bytes32(WORD), new Bytes32(TOKEN), 1, 3);
    }
}
