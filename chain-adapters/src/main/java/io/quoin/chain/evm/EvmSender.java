package io.quoin.chain.evm;

import io.quoin.chain.ActionId;
import io.quoin.chain.ActionState;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.FeeQuote;
import io.quoin.chain.PendingAction;
import io.quoin.signer.Intent;
import io.quoin.signer.SignReply;
import io.quoin.signer.SignRequest;
import io.quoin.signer.TransactionSigner;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Wei;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries accepted actions out, in the order they were accepted: simulate, price, lease a nonce, sign, store the bytes,
 * broadcast; then broadcast the same bytes now and again until they are final. Used by one thread for each chain and
 * key, so that nonces are leased one after the other and leave no gap.
 *
 * <p>Crash safety: what was broadcast was stored before, so that after a restart the same bytes go out again, and an
 * action never has two transactions.
 *
 * <p>No gap: an action that ends before it was signed gives its nonce back, and nothing with a higher nonce could be
 * mined until another action took it. So a pass ends at an action that holds a nonce and could be neither signed nor
 * ended, also when the nonce was leased before a restart.
 */
final class EvmSender {
    private static final Logger LOG = LoggerFactory.getLogger(EvmSender.class);

    /** How far a pass brought one action. */
    private enum Progress {
        /** Sent or ended. */
        DONE,
        /** To be tried again in the next pass; those behind it may go on. */
        LATER,
        /** As {@link #LATER}, and it holds a nonce that it may yet give back: those behind it must wait. */
        HOLDS_NONCE
    }

    private final EvmProfile profile;
    private final TransactionSigner signer;
    private final ChainPorts ports;
    private final EvmRpc rpc;
    private final Simulator simulator;
    private final BatchCommitter committer;
    private final Broadcaster broadcaster;
    private final ActionProblems problems;

    EvmSender(EvmProfile profile, TransactionSigner signer, ChainPorts ports, EvmRpc rpc, BatchCommitter committer) {
        this.profile = profile;
        this.signer = signer;
        this.ports = ports;
        this.rpc = rpc;
        this.simulator = new Simulator(rpc);
        this.committer = committer;
        this.problems = new ActionProblems(profile, ports);
        this.broadcaster = new Broadcaster(profile, rpc, ports.clock(), problems);
    }

    /**
     * Brings every unfinished action as far as it goes now; returns whether all are sent. Throws
     * {@link StoreFailure}, what the signer throws, and {@link io.quoin.chain.ChainUnreachableException}: then the next
     * pass continues.
     */
    boolean pass() {
        List<PendingAction> unfinished =
                StoreFailure.guard(() -> ports.nonces().unfinished(profile.chain(), signer.address()));
        broadcaster.forgetAllBut(unfinished);
        problems.forgetAllBut(unfinished);
        problems.alarm(unfinished);
        boolean allSent = true;
        for (PendingAction pending : unfinished) {
            switch (carryOn(pending)) {
                case DONE -> {}
                case LATER -> allSent = false;
                case HOLDS_NONCE -> {
                    return false;
                }
            }
        }
        return allSent;
    }

    private Progress carryOn(PendingAction pending) {
        return switch (pending.state()) {
            case ActionState.Accepted() -> begin(pending, Progress.LATER);
            case ActionState.Leased(var nonce) -> begin(pending, Progress.HOLDS_NONCE);
            case ActionState.Signed signed ->
                doneIf(broadcaster.repeat(pending.action().id(), signed), Progress.LATER);
            case ActionState.Finished() -> Progress.DONE;
        };
    }

    /** Starts an action that is not signed; {@code undone} is what it is when nothing comes of it now. */
    private Progress begin(PendingAction pending, Progress undone) {
        ActionId id = pending.action().id();
        Intent intent = pending.action().intent();
        try {
            return switch (simulator.simulate(signer.address(), intent)) {
                case CallOutcome.Reverted reverted -> doneIf(fail(id, RevertReasons.of(reverted)), undone);
                case CallOutcome.Returned() -> price(id, intent, undone);
            };
        } catch (RpcErrorException refused) {
            problems.refused(id, refused);
            return undone;
        }
    }

    /** Above the fee ceiling the action waits: the signer would refuse it for good, and gas gets cheaper again. */
    private Progress price(ActionId id, Intent intent, Progress undone) {
        FeeQuote fees = Fees.quote(rpc.nextBaseFee(), profile.tuning());
        if (!fees.isEnough()) {
            problems.note(
                    id,
                    "gas costs more than the fee ceiling of " + profile.tuning().maxFeePerGas()
                            + " wei; it is sent once gas is cheaper");
            return undone;
        }
        return sign(id, intent, fees);
    }

    private Progress sign(ActionId id, Intent intent, FeeQuote fees) {
        long gasLimit = Fees.gasLimit(simulator.estimateGas(signer.address(), intent));
        EvmNonce mined = rpc.minedTransactions(signer.address());
        EvmNonce nonce = StoreFailure.guard(() -> ports.nonces().lease(id, profile.chain(), signer.address(), mined));
        EvmTransaction transaction = transaction(nonce, fees, gasLimit, intent);
        return switch (signer.sign(new SignRequest(intent, transaction))) {
            case SignReply.Refused refused ->
                doneIf(
                        fail(id, "the signer refused it (" + refused.tag() + "): " + refused.explanation()),
                        Progress.HOLDS_NONCE);
            case SignReply.Signed signed -> {
                var state = new ActionState.Signed(nonce, signed.transactionHash(), signed.rawTransaction());
                StoreFailure.guard(
                        () -> ports.nonces().signed(id, nonce, signed.transactionHash(), signed.rawTransaction()));
                LOG.atInfo()
                        .addKeyValue("chain", profile.chain())
                        .addKeyValue("action", id)
                        .addKeyValue("nonce", nonce)
                        .addKeyValue("tx", signed.transactionHash())
                        .log("chain.action-signed");
                yield doneIf(broadcaster.send(id, state), Progress.LATER);
            }
        };
    }

    private static Progress doneIf(boolean done, Progress otherwise) {
        return done ? Progress.DONE : otherwise;
    }

    private EvmTransaction transaction(EvmNonce nonce, FeeQuote fees, long gasLimit, Intent intent) {
        EvmAddress vault = Simulator.callee(intent);
        return new EvmTransaction(
                profile.chain(),
                nonce,
                fees.maxPriorityFeePerGas(),
                fees.maxFeePerGas(),
                gasLimit,
                vault,
                Wei.ZERO,
                Simulator.calldata(intent));
    }

    private boolean fail(ActionId id, String reason) {
        var failed = new ChainEvent.ActionFailed(id, Optional.empty(), reason, false);
        return StoreFailure.guard(() -> committer.end(failed));
    }
}
