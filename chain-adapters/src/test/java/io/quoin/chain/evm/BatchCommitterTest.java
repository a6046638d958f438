package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.chain.ActionId;
import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.MemoryStore;
import io.quoin.chain.MemoryStore.Fault;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchCommitterTest {
    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final EvmAddress SENDER = EvmAddress.of("0x00000000000000000000000000000000000000aa");
    private static final ActionId ACTION = new ActionId(Bytes32.ZERO);
    private static final ChainEvent.ActionFailed FAILED =
            new ChainEvent.ActionFailed(ACTION, Optional.empty(), "reason", false);

    private final MemoryStore store = new MemoryStore();
    private final BatchCommitter committer = new BatchCommitter(store, CHAIN);

    @Test
    void failedBatch_isBroughtAgain_andNothingElseBefore() {
        accept();
        committer.advance(batch(1));
        store.failCommits(Fault.LOST);

        assertThatThrownBy(() -> committer.advance(batch(2))).hasMessageContaining("away");
        assertThatThrownBy(() -> committer.advance(batch(3))).hasMessageContaining("waits");
        assertThat(committer.end(FAILED)).isFalse();
        assertThat(committer.known()).contains(batch(1).to());

        committer.retry();
        assertThat(committer.known()).contains(batch(2).to());
        assertThat(committer.end(FAILED)).isTrue();
        assertThat(store.load(CHAIN)).contains(batch(2).to());
        committer.retry();
        assertThat(store.commits()).isEqualTo(3);
    }

    @Test
    void end_beforeTheFirstCursor_waits() {
        accept();

        assertThat(committer.end(FAILED)).isFalse();
        assertThat(store.events()).isEmpty();
    }

    private void accept() {
        VaultDomain vault = new VaultDomain(CHAIN, SENDER);
        VaultCall call = new VaultCall.Release(
                new BatchSeal(Bytes32.ZERO, Bytes32.ZERO, BigInteger.ZERO, EvmAddress.ZERO, EvmAddress.ZERO));
        assertThat(store.accept(CHAIN, SENDER, new ChainAction(ACTION, new EvmEscrowCall(vault, call))))
                .isNotNull();
    }

    private static ChainBatch batch(long height) {
        Instant time = Instant.ofEpochSecond(height);
        return new ChainBatch(new ChainCursor(CHAIN, new BlockHeight(height), Bytes32.ZERO, time), List.of());
    }
}
