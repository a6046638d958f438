package io.quoin.chain.evm;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainAdapter;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainHealth;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.ChainUnreachableException;
import io.quoin.chain.FeeQuote;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.TransactionSigner;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.terms.VaultDomain;
import java.time.Duration;
import java.util.Objects;

/**
 * The adapter of one EVM chain. Two virtual threads do the work: one watches the chain and commits batches, one carries
 * actions out; the latter rests while the chain is not up.
 *
 * <p>An event is delivered when its block has at least {@code profile.confirmations()} blocks counting itself: with
 * head {@code h} and {@code c} confirmations the final height is {@code h - c + 1}. The first start begins at
 * {@code profile.startBlock()}, every later one behind the stored cursor. A batch is committed whenever the final
 * height has advanced, with or without events, so that chain time advances too.
 *
 * <p>A chain that does not answer, is another chain or has no vault is tried again for ever and processed never
 * ({@code DOWN}). A chain whose block at the cursor has another hash is never processed again by itself
 * ({@code HALTED}).
 */
public final class EvmChainAdapter implements ChainAdapter {
    private final EvmProfile profile;
    private final TransactionSigner signer;
    private final ChainPorts ports;
    private final EvmRpc rpc;
    private final HealthBoard board;
    private final StoreAlarm storeAlarm;
    private final BatchCommitter committer;
    private final EvmWatcher watcher;
    private final EvmSender sender;
    private final Loop watching;
    private final Loop sending;

    /** An adapter for that chain, sending from the signer's account; nothing happens before {@link #start}. */
    public EvmChainAdapter(EvmProfile profile, TransactionSigner signer, ChainPorts ports) {
        this.profile = Objects.requireNonNull(profile, "profile");
        this.signer = Objects.requireNonNull(signer, "signer");
        this.ports = Objects.requireNonNull(ports, "ports");
        this.rpc = new EvmRpc(profile);
        this.board = new HealthBoard(profile, ports.alarms());
        this.storeAlarm = new StoreAlarm(profile, ports.alarms());
        this.committer = new BatchCommitter(ports.cursors(), profile.chain());
        this.watcher = new EvmWatcher(profile, signer.address(), rpc, ports.nonces(), committer);
        this.sender = new EvmSender(profile, signer, ports, rpc, committer);
        this.watching = new Loop("watch-" + profile.chain(), this::watch);
        this.sending = new Loop("send-" + profile.chain(), this::send);
    }

    @Override
    public ChainId chain() {
        return profile.chain();
    }

    @Override
    public ChainHealth health() {
        return board.health();
    }

    @Override
    public void start() {
        watching.start();
        sending.start();
    }

    @Override
    public void submit(ChainAction action) {
        VaultDomain vault = switch (action.intent()) {
            case EvmEscrowCall call -> call.vault();
        };
        if (!vault.equals(profile.vault())) {
            throw new IllegalArgumentException(
                    "action " + action.id() + " is for " + vault + ", this adapter calls " + profile.vault());
        }
        ports.nonces().accept(profile.chain(), signer.address(), action);
        sending.wake();
    }

    @Override
    public BlockHeight finalHeight() {
        return committer.known().map(ChainCursor::height).orElse(new BlockHeight(0));
    }

    @Override
    public FeeQuote feeQuote() {
        try {
            return Fees.quote(rpc.nextBaseFee(), profile.tuning());
        } catch (RpcErrorException refused) {
            throw new ChainUnreachableException(board.where() + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        sending.stop();
        watching.stop();
        rpc.close();
        sending.close();
        watching.close();
    }

    private Duration watch() {
        if (board.health().state() == ChainHealth.State.HALTED) {
            return profile.pollInterval();
        }
        try {
            EvmWatcher.Look look = watcher.look();
            storeAlarm.worked(StoreAlarm.User.WATCHER);
            if (board.up(look.view())) {
                sending.wake();
            }
            return look.moreWaits() ? Duration.ZERO : profile.pollInterval();
        } catch (HaltedException halted) {
            board.halted(String.valueOf(halted.getMessage()));
            return profile.pollInterval();
        } catch (StoreFailure | ChainUnreachableException | RpcErrorException failed) {
            // What fails because the adapter is being closed is no news.
            if (!watching.isStopped()) {
                tell(failed);
            }
            throw failed;
        }
    }

    private void tell(RuntimeException failed) {
        switch (failed) {
            case StoreFailure store -> {
                storeAlarm.failed(StoreAlarm.User.WATCHER, store);
                board.storeFailing();
            }
            case RpcErrorException refused -> board.down(board.where() + ": " + refused.getMessage());
            default -> board.down(String.valueOf(failed.getMessage()));
        }
    }

    /** Waits for the next wake-up or rebroadcast when all is sent; throws to be called again soon when not. */
    private Duration send() {
        boolean ready = board.health().isUp() && committer.known().isPresent();
        if (!ready) {
            return profile.pollInterval();
        }
        try {
            boolean allSent = sender.pass();
            storeAlarm.worked(StoreAlarm.User.SENDER);
            return allSent ? profile.tuning().rebroadcastInterval() : profile.pollInterval();
        } catch (StoreFailure failure) {
            if (!sending.isStopped()) {
                storeAlarm.failed(StoreAlarm.User.SENDER, failure);
            }
            throw failure;
        }
    }
}
