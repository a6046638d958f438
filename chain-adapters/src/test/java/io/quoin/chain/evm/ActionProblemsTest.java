package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.chain.ActionId;
import io.quoin.chain.ActionState;
import io.quoin.chain.Alarms;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.MemoryStore;
import io.quoin.chain.PendingAction;
import io.quoin.chain.RecordedAlarms;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionProblemsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final EvmAddress SENDER = EvmAddress.of("0x00000000000000000000000000000000000000aa");
    private static final VaultDomain VAULT = new VaultDomain(CHAIN, SENDER);
    private static final ActionId ID = new ActionId(Bytes32.ZERO);

    private final RecordedAlarms alarms = new RecordedAlarms();
    private final ActionProblems problems = problems(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void alarm_isRaisedForAnOldAction_andClearedWhenItIsGone() {
        problems.alarm(List.of(accepted(Duration.ofMinutes(4))));
        assertThat(alarms.text(Alarms.ACTION_STUCK)).isEmpty();

        problems.note(ID, "the fee is too low");
        problems.alarm(List.of(accepted(Duration.ofMinutes(6))));
        assertThat(alarms.text(Alarms.ACTION_STUCK).orElseThrow())
                .contains("accepted at 2025-12-31T23:54:00Z")
                .contains("the fee is too low");

        problems.alarm(List.of());
        assertThat(alarms.text(Alarms.ACTION_STUCK)).isEmpty();
    }

    @Test
    void alarm_isRaisedAtOnce_whenOnlyAPersonCanHelp() {
        problems.noteAtOnce(ID, "the nonce is used");
        problems.alarm(List.of(accepted(Duration.ZERO)));
        assertThat(alarms.text(Alarms.ACTION_STUCK).orElseThrow()).contains("the nonce is used");

        problems.solved(ID);
        problems.alarm(List.of(accepted(Duration.ZERO)));
        assertThat(alarms.text(Alarms.ACTION_STUCK)).isEmpty();
    }

    @Test
    void alarm_keepsItsText_whileTimePasses() {
        PendingAction old = accepted(Duration.ofMinutes(6));
        problems.alarm(List.of(old));
        String before = alarms.text(Alarms.ACTION_STUCK).orElseThrow();

        problems(Clock.fixed(NOW.plusSeconds(77), ZoneOffset.UTC)).alarm(List.of(old));

        assertThat(alarms.text(Alarms.ACTION_STUCK)).contains(before);
    }

    private ActionProblems problems(Clock clock) {
        MemoryStore store = new MemoryStore();
        EvmProfile profile = new EvmProfile(CHAIN, URI.create("http://localhost"), VAULT, 1, Duration.ofSeconds(1), 0);
        return new ActionProblems(profile, new ChainPorts(store, store, alarms, clock));
    }

    private static PendingAction accepted(Duration age) {
        VaultCall call = new VaultCall.Release(
                new BatchSeal(Bytes32.ZERO, Bytes32.ZERO, BigInteger.ZERO, EvmAddress.ZERO, EvmAddress.ZERO));
        return new PendingAction(
                new ChainAction(ID, new EvmEscrowCall(VAULT, call)),
                SENDER,
                new ActionState.Accepted(),
                NOW.minus(age));
    }
}
