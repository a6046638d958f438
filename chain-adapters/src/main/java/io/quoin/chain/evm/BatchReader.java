package io.quoin.chain.evm;

import io.quoin.chain.ActionId;
import io.quoin.chain.ActionState;
import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.ChainUnreachableException;
import io.quoin.chain.PendingAction;
import io.quoin.signer.evm.Bytes32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one range of final blocks into a batch: the vault's logs and the ends of our own actions, in chain order. What
 * the RPC says must agree with itself: headers follow the cursor, and every log and receipt names the hash of the block
 * it claims to be in.
 */
final class BatchReader {
    /** Where an event stands; an action's end comes after the logs of its transaction. */
    private record Placed(long height, int transactionIndex, int logIndex, ChainEvent event) {
        static final Comparator<Placed> CHAIN_ORDER = Comparator.comparingLong(Placed::height)
                .thenComparingInt(Placed::transactionIndex)
                .thenComparingInt(Placed::logIndex);
    }

    private final EvmProfile profile;
    private final EvmRpc rpc;
    private final Simulator simulator;
    private final ForeignNonces foreignNonces;

    BatchReader(EvmProfile profile, EvmRpc rpc, Simulator simulator) {
        this.profile = profile;
        this.rpc = rpc;
        this.simulator = simulator;
        this.foreignNonces = new ForeignNonces(profile, rpc);
    }

    /**
     * The batch of the blocks {@code from} to {@code to}, both included and final. {@code unfinished} must have been
     * loaded after the head that made {@code to} final was read: then every action that is mined there is among them.
     */
    ChainBatch read(Optional<ChainCursor> cursor, long from, long to, List<PendingAction> unfinished) {
        Map<Long, BlockHeader> headers = new HashMap<>();
        List<Placed> placed = new ArrayList<>(logs(from, to, headers));
        foreignNonces.forgetAllBut(unfinished);
        for (PendingAction action : unfinished) {
            end(action, to, headers).ifPresent(placed::add);
        }
        placed.sort(Placed.CHAIN_ORDER);
        BlockHeader first = header(from, headers);
        BlockHeader last = header(to, headers);
        boolean follows = cursor.map(ChainCursor::blockHash)
                .map(first.parentHash()::equals)
                .orElse(true);
        if (!follows) {
            throw contradiction("block " + from + " does not follow the block that was processed before it");
        }
        return new ChainBatch(
                new ChainCursor(profile.chain(), new BlockHeight(to), last.hash(), last.time()),
                placed.stream().map(Placed::event).toList());
    }

    private List<Placed> logs(long from, long to, Map<Long, BlockHeader> headers) {
        List<VaultLog> logs = rpc.logs(profile.vault().vault(), from, to);
        Set<List<Long>> seen = new HashSet<>();
        for (VaultLog log : logs) {
            boolean asked = log.address().equals(profile.vault().vault()) && log.height() >= from && log.height() <= to;
            if (!asked || !seen.add(List.of(log.height(), (long) log.logIndex()))) {
                throw contradiction("log " + log.logIndex() + " of block " + log.height() + " was not asked for or is "
                        + "there twice");
            }
            if (!log.blockHash().equals(header(log.height(), headers).hash())) {
                throw contradiction("a log names another hash of block " + log.height() + " than the block's");
            }
        }
        return events(logs).stream().map(BatchReader::placed).toList();
    }

    private static Placed placed(LogEvents.Placed event) {
        VaultLog log = event.log();
        return new Placed(log.height(), log.transactionIndex(), log.logIndex(), event.event());
    }

    private List<LogEvents.Placed> events(List<VaultLog> logs) {
        try {
            return new LogEvents(profile.vault(), this::transaction).of(logs);
        } catch (IllegalArgumentException malformed) {
            throw new ChainUnreachableException(where() + malformed.getMessage(), malformed);
        }
    }

    private VaultTransaction transaction(Bytes32 txHash) {
        return rpc.transaction(txHash)
                .orElseThrow(() -> contradiction("transaction " + txHash + " wrote a log and cannot be read"));
    }

    /**
     * The end of an action whose transaction is in a final block, however old: a receipt may have been late; or of one
     * whose transaction has lost its nonce for good.
     */
    private Optional<Placed> end(PendingAction pending, long to, Map<Long, BlockHeader> headers) {
        return switch (pending.state()) {
            case ActionState.Accepted() -> Optional.empty();
            case ActionState.Leased(var nonce) -> Optional.empty();
            case ActionState.Finished() -> Optional.empty();
            case ActionState.Signed signed -> {
                Optional<TxReceipt> receipt = rpc.receipt(signed.txHash());
                yield receipt.isPresent()
                        ? receipt.filter(found -> found.height() <= to)
                                .map(found -> end(pending, signed, found, headers))
                        : lost(pending, signed, to);
            }
        };
    }

    private Optional<Placed> lost(PendingAction pending, ActionState.Signed signed, long to) {
        if (!foreignNonces.isLost(pending, signed, to)) {
            return Optional.empty();
        }
        ChainEvent event = new ChainEvent.ActionFailed(
                pending.action().id(),
                Optional.empty(),
                "another transaction of " + pending.sender() + " took nonce " + signed.nonce()
                        + "; is the key used elsewhere?",
                true);
        return Optional.of(new Placed(to, Integer.MAX_VALUE, Integer.MAX_VALUE, event));
    }

    private Placed end(
            PendingAction pending, ActionState.Signed signed, TxReceipt receipt, Map<Long, BlockHeader> headers) {
        boolean sound = receipt.txHash().equals(signed.txHash())
                && receipt.blockHash().equals(header(receipt.height(), headers).hash());
        if (!sound) {
            throw contradiction("the receipt of " + signed.txHash() + " is of another transaction or block");
        }
        ActionId id = pending.action().id();
        ChainEvent event = receipt.succeeded()
                ? new ChainEvent.ActionMined(receipt.position(), id, receipt.gasUsed(), receipt.effectiveGasPrice())
                : new ChainEvent.ActionFailed(
                        id, Optional.of(signed.txHash()), simulator.whyReverted(pending, receipt), true);
        return new Placed(receipt.height(), receipt.transactionIndex(), Integer.MAX_VALUE, event);
    }

    private BlockHeader header(long height, Map<Long, BlockHeader> headers) {
        BlockHeader known = headers.get(height);
        if (known != null) {
            return known;
        }
        BlockHeader header = rpc.header(height)
                .filter(found -> found.height() == height)
                .orElseThrow(() -> contradiction("block " + height + " is below the head and cannot be read"));
        headers.put(height, header);
        return header;
    }

    private ChainUnreachableException contradiction(String what) {
        return new ChainUnreachableException(where() + what);
    }

    private String where() {
        return "chain " + profile.chain() + " at " + profile.shownUrl() + " contradicts itself: ";
    }
}
