package io.quoin.chain.evm;

import static io.quoin.chain.evm.ChainFixture.ONE_BASE;
import static io.quoin.chain.evm.ChainFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.chain.ActionState;
import io.quoin.chain.Alarms;
import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.MemoryStore.Fault;
import io.quoin.signer.LocalSigner;
import io.quoin.signer.SignReply;
import io.quoin.signer.SignRequest;
import io.quoin.signer.SigningPolicy;
import io.quoin.signer.TransactionSigner;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Wei;
import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sender's passes one by one, on a real chain, so that what happens between two passes is known. */
@Timeout(120)
@LocalChainTest(engine = ChainEngine.ANVIL, blockTimeMillis = 300)
class EvmSenderIT {
    private final ChainFixture fixture;
    private final FaultProxy proxy;
    private final EvmProfile profile;
    private final EvmRpc rpc;
    private final BatchCommitter committer;
    private final PickySigner signer;
    private final ChainAction first;
    private final ChainAction second;
    private long height = 1;

    EvmSenderIT(LocalChain chain, Deployment deployment) {
        this.fixture = new ChainFixture(chain, deployment);
        this.proxy = new FaultProxy(chain.rpcUrl());
        this.profile = fixture.profile(proxy.url(), 1);
        this.rpc = new EvmRpc(profile);
        this.committer = new BatchCommitter(fixture.store, profile.chain());
        SigningPolicy policy = new SigningPolicy(fixture.vault, Wei.ofGwei(1_000), 5_000_000);
        this.signer = new PickySigner(new LocalSigner(policy, fixture.operator()));
        this.first = fundedLock();
        this.second = fundedLock();
    }

    @BeforeEach
    void acceptBoth() {
        committer.advance(nextBatch());
        accept(first);
        accept(second);
    }

    /** The chain serves all tests: what one sent must not wait when the next begins. */
    @AfterEach
    void mineAndClose() {
        fixture.rpc("evm_mine");
        rpc.close();
        proxy.close();
    }

    @Test
    @DisplayName("an end that cannot be stored yet keeps its nonce, so nothing behind it is sent")
    void pass_whenARefusedActionCannotEnd_takesNoHigherNonce() {
        EvmSender sender = sender(Clock.systemUTC());
        signer.refused = first;
        fixture.store.failCommits(Fault.LOST);
        assertThatThrownBy(() -> committer.advance(nextBatch())).hasMessageContaining("away");

        assertThat(sender.pass()).isFalse();

        EvmNonce lowest = leased(first);
        assertThat(fixture.store.state(second.id())).isEqualTo(new ActionState.Accepted());
        committer.retry();
        assertThat(sender.pass()).isTrue();
        assertThat(fixture.store.end(first.id())).isPresent();
        assertThat(signedNonce(second)).isEqualTo(lowest);
    }

    @Test
    @DisplayName("after a restart a leased action that the chain cannot simulate now holds back what is behind it")
    void pass_whenALeasedActionIsRefusedByTheRpc_takesNoHigherNonce() {
        EvmNonce lowest = fixture.store.lease(
                first.id(), profile.chain(), signer.address(), rpc.minedTransactions(signer.address()));
        EvmSender restarted = sender(Clock.systemUTC());
        proxy.set("eth_call", FaultProxy.times(1, FaultProxy.change(EvmSenderIT::busy)));

        assertThat(restarted.pass()).isFalse();

        assertThat(leased(first)).isEqualTo(lowest);
        assertThat(fixture.store.state(second.id())).isEqualTo(new ActionState.Accepted());
        assertThat(restarted.pass()).isTrue();
        assertThat(signedNonce(first)).isEqualTo(lowest);
        assertThat(signedNonce(second)).isEqualTo(lowest.next());
    }

    @Test
    void pass_whenAnActionWithoutANonceIsRefusedByTheRpc_sendsTheNext() {
        EvmSender sender = sender(Clock.systemUTC());
        proxy.set("eth_call", FaultProxy.times(1, FaultProxy.change(EvmSenderIT::busy)));

        assertThat(sender.pass()).isFalse();

        assertThat(fixture.store.state(first.id())).isEqualTo(new ActionState.Accepted());
        EvmNonce lowest = signedNonce(second);
        assertThat(sender.pass()).isTrue();
        assertThat(signedNonce(first)).isEqualTo(lowest.next());
    }

    @Test
    @DisplayName("gas above the fee ceiling: actions wait, a person is called when that lasts, and then they are sent")
    void pass_whenGasIsTooDear_waitsAndSendsLater() {
        EvmNonce lowest = fixture.store.lease(
                first.id(), profile.chain(), signer.address(), rpc.minedTransactions(signer.address()));
        EvmSender sender = sender(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6)));
        baseFee(Wei.ofGwei(500));

        assertThat(sender.pass()).isFalse();
        assertThat(sender.pass()).isFalse();

        assertThat(leased(first)).isEqualTo(lowest);
        assertThat(fixture.store.state(second.id())).isEqualTo(new ActionState.Accepted());
        assertThat(fixture.alarms.text(Alarms.ACTION_STUCK).orElseThrow()).contains("fee ceiling of 500000000000 wei");
        proxy.clear("eth_feeHistory");
        assertThat(sender.pass()).isTrue();
        assertThat(signedNonce(first)).isEqualTo(lowest);
        assertThat(signedNonce(second)).isEqualTo(lowest.next());
    }

    @Test
    void pass_whenTwiceTheBaseFeeIsAboveTheCeiling_offersTheCeiling() {
        baseFee(Wei.ofGwei(300));

        assertThat(sender(Clock.systemUTC()).pass()).isTrue();

        assertThat(signer.transactions)
                .hasSize(2)
                .allSatisfy(
                        transaction -> assertThat(transaction.maxFeePerGas()).isEqualTo(Wei.ofGwei(500)));
        assertThat(fixture.store.events()).isEmpty();
    }

    private void baseFee(Wei fee) {
        String hex = "0x" + fee.value().toString(16);
        proxy.set(
                "eth_feeHistory",
                FaultProxy.change(answer -> answer.replaceFirst(
                        "\"baseFeePerGas\":\\[[^]]*]", "\"baseFeePerGas\":[\"%s\",\"%s\"]".formatted(hex, hex))));
    }

    private EvmSender sender(Clock clock) {
        ChainPorts ports = new ChainPorts(fixture.store, fixture.store, fixture.alarms, clock);
        return new EvmSender(profile, signer, ports, rpc, committer);
    }

    private void accept(ChainAction action) {
        assertThat(fixture.store
                        .accept(profile.chain(), signer.address(), action)
                        .state())
                .isEqualTo(new ActionState.Accepted());
    }

    private ChainAction fundedLock() {
        Trader buyer = fixture.trader(4);
        Trader seller = fixture.trader(5);
        buyer.mintAndDeposit(fixture.quote, PRICE);
        seller.mintAndDeposit(fixture.base, ONE_BASE);
        return fixture.lock(fixture.fill(buyer, seller));
    }

    private ChainBatch nextBatch() {
        Instant time = Instant.ofEpochSecond(height);
        return new ChainBatch(
                new ChainCursor(profile.chain(), new BlockHeight(height++), Bytes32.ZERO, time), List.of());
    }

    private EvmNonce leased(ChainAction action) {
        return ((ActionState.Leased) fixture.store.state(action.id())).nonce();
    }

    private EvmNonce signedNonce(ChainAction action) {
        return ((ActionState.Signed) fixture.store.state(action.id())).nonce();
    }

    private static String busy(String answer) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32005,\"message\":\"slow down\"}}"
                .formatted(FaultProxy.id(answer));
    }

    /** Refuses one action and signs every other. */
    private static final class PickySigner implements TransactionSigner {
        private final TransactionSigner signer;
        private final List<EvmTransaction> transactions = new ArrayList<>();
        private @Nullable ChainAction refused;

        private PickySigner(TransactionSigner signer) {
            this.signer = signer;
        }

        @Override
        public EvmAddress address() {
            return signer.address();
        }

        @Override
        public SignReply sign(SignRequest request) {
            transactions.add(request.transaction());
            return Optional.ofNullable(refused)
                    .filter(action -> action.intent().equals(request.intent()))
                    .<SignReply>map(action -> new SignReply.Refused("test-rule", "not this one"))
                    .orElseGet(() -> signer.sign(request));
        }
    }
}
