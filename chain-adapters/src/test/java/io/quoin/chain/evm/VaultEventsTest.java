package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.chain.ChainEvent;
import io.quoin.contracts.EscrowVault;
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
    private static final EvmAddress VAULT = EvmAddress.of("0x00000000000000000000000000000000000000cc");

    @Test
    void deposited_isDecoded() {
        VaultLog log = log(EscrowVault.DEPOSITED_EVENT, "0x" + "0".repeat(62) + "2a", WORD, TOKEN);

        assertThat(VaultEvents.decode(log))
                .contains(new ChainEvent.Deposited(
                        log.position(),
                        EvmAddress.of("0x00000000000000000000000000000000000000aa"),
                        EvmAddress.of("0x00000000000000000000000000000000000000bb"),
                        BigInteger.valueOf(42)));
    }

    @Test
    void releasedAndRefunded_areDecoded() {
        VaultLog released = log(EscrowVault.RELEASED_EVENT, "0x", WORD);
        VaultLog refunded = log(EscrowVault.REFUNDED_EVENT, "0x", WORD);

        assertThat(VaultEvents.decode(released))
                .contains(new ChainEvent.Released(released.position(), new Bytes32(WORD)));
        assertThat(VaultEvents.decode(refunded))
                .contains(new ChainEvent.Refunded(refunded.position(), new Bytes32(WORD)));
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
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VaultEvents.decode(log(EscrowVault.DEPOSITED_EVENT, "0x", WORD, TOKEN)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VaultEvents.decode(log(EscrowVault.DEPOSITED_EVENT, "0x" + "0".repeat(64), WORD)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VaultEvents.decode(log(EscrowVault.RELEASED_EVENT, "0x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        VaultEvents.decode(log(EscrowVault.LOCKED_EVENT, "0x" + "0".repeat(64), WORD, WORD, WORD)));
    }

    private static VaultLog log(Event event, String data, String... indexed) {
        List<Bytes32> topics = new ArrayList<>(List.of(new Bytes32(EventEncoder.encode(event))));
        List.of(indexed).forEach(topic -> topics.add(new Bytes32(topic)));
        return new VaultLog(VAULT, topics, new Hex(data), 7, new Bytes32(WORD), new Bytes32(TOKEN), 1, 3);
    }
}
