package io.quoin.chain.evm;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainHealth.View;
import io.quoin.chain.ChainUnreachableException;
import io.quoin.chain.NonceStore;
import io.quoin.chain.PendingAction;
import io.quoin.signer.evm.EvmAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One look at the chain: is it the right one, is the processed history still its history, and what is final and new.
 * Used by one thread.
 */
final class EvmWatcher {
    private final EvmProfile profile;
    private final EvmAddress sender;
    private final EvmRpc rpc;
    private final NonceStore nonces;
    private final BatchCommitter committer;
    private final BatchReader reader;
    private boolean identified;

    EvmWatcher(EvmProfile profile, EvmAddress sender, EvmRpc rpc, NonceStore nonces, BatchCommitter committer) {
        this.profile = profile;
        this.sender = sender;
        this.rpc = rpc;
        this.nonces = nonces;
        this.committer = committer;
        this.reader = new BatchReader(profile, rpc, new Simulator(rpc));
    }

    /** What was seen, and whether more final blocks wait to be read at once. */
    record Look(View view, boolean moreWaits) {}

    /**
     * Looks once and commits at most one batch. Throws {@link ChainUnreachableException} or {@link RpcErrorException}
     * when the chain is of no use now, {@link HaltedException} when its history changed; {@link StoreFailure} when the
     * store failed.
     */
    Look look() {
        try {
            identify();
            return followHead();
        } catch (ChainUnreachableException | RpcErrorException failed) {
            identified = false;
            throw failed;
        }
    }

    /** After every failure anew: another node may answer at the same URL. */
    private void identify() {
        if (identified) {
            return;
        }
        long found = rpc.chainId();
        if (found != profile.chain().eip155Id()) {
            throw unusable("is chain eip155:" + found + ", not " + profile.chain() + "; check the RPC URL");
        }
        if (!rpc.hasCode(profile.vault().vault())) {
            throw unusable("has no contract at the vault's address "
                    + profile.vault().vault() + "; check the address, or deploy it");
        }
        EvmAddress operator = rpc.operator(profile.vault().vault())
                .orElseThrow(() -> unusable("has another contract than an escrow vault at "
                        + profile.vault().vault() + "; check the address"));
        if (!operator.equals(sender)) {
            throw unusable("has a vault that obeys " + operator + ", but this node's key is " + sender
                    + "; start the node with that operator's keystore, or with the deployment file of its own vault");
        }
        identified = true;
    }

    private Look followHead() {
        BlockHeader head = rpc.head();
        Optional<ChainCursor> cursor = StoreFailure.guard(committer::load);
        cursor.ifPresent(known -> checkHistory(known, head));
        StoreFailure.guard(committer::retry);
        long from = committer.known().map(known -> known.height().value() + 1).orElse(profile.startBlock());
        OptionalLong finalHeight = Finality.finalHeight(head.height(), profile.confirmations());
        boolean more =
                finalHeight.isPresent() && from <= finalHeight.getAsLong() && advance(from, finalHeight.getAsLong());
        BlockHeight shownFinal = new BlockHeight(finalHeight.orElse(0));
        return new Look(new View(new BlockHeight(head.height()), shownFinal, head.time()), more);
    }

    /** Reads and commits one range; returns whether more final blocks follow. */
    private boolean advance(long from, long finalHeight) {
        long to = Math.min(finalHeight, from + profile.tuning().blocksPerQueryMax() - 1);
        List<PendingAction> unfinished = StoreFailure.guard(() -> nonces.unfinished(profile.chain(), sender));
        var batch = reader.read(committer.known(), from, to, unfinished);
        StoreFailure.guard(() -> committer.advance(batch));
        return to < finalHeight;
    }

    private void checkHistory(ChainCursor cursor, BlockHeader head) {
        long height = cursor.height().value();
        if (head.height() < height) {
            throw unusable("is behind block " + height
                    + " that was processed; it is still syncing, or the chain was replaced");
        }
        BlockHeader found = rpc.header(height).orElseThrow(() -> unusable("cannot show block " + height));
        if (!found.hash().equals(cursor.blockHash())) {
            throw new HaltedException("chain " + profile.chain() + " at " + profile.shownUrl() + " has " + found.hash()
                    + " as block " + height + ", but " + cursor.blockHash() + " was processed as final; nothing more is"
                    + " processed or sent. Find out which history is right, then start again with the right node");
        }
    }

    private ChainUnreachableException unusable(String what) {
        return new ChainUnreachableException(
                "chain " + profile.chain() + ": what answers at " + profile.shownUrl() + " " + what);
    }
}
