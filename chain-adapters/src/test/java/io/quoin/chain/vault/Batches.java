package io.quoin.chain.vault;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.LockBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The model's batches of one market: their numbers, how they ended, and which of them nobody can prove any more. */
final class Batches {
    /** How a batch ended. */
    enum End {
        OPEN(0),
        RELEASED(1),
        REFUNDED(2);

        private final int code;

        End(int code) {
            this.code = code;
        }
    }

    /** One batch; a fill that was skipped is null. */
    static final class Batch {
        final long seq;
        final long deadline;
        final EscrowTerms terms;
        final BatchFees fees;
        final EvmAddress operator;
        final List<@Nullable Fill> fills = new ArrayList<>();
        final Map<Integer, Integer> skipped = new TreeMap<>();
        End end = End.OPEN;
        boolean forgotten;

        Batch(long seq, long deadline, EscrowTerms terms, BatchFees fees, EvmAddress operator) {
            this.seq = seq;
            this.deadline = deadline;
            this.terms = terms;
            this.fees = fees;
            this.operator = operator;
        }

        List<Fill> locked() {
            List<Fill> locked = new ArrayList<>();
            for (Fill fill : fills) {
                if (fill != null) {
                    locked.add(fill);
                }
            }
            return locked;
        }

        /** The number by which the vault's view says how the batch stands. */
        int outcome() {
            return end == End.OPEN && locked().stream().anyMatch(fill -> fill.gone) ? TORN : end.code;
        }

        private boolean allLaned() {
            return locked().stream().allMatch(fill -> fill.buyerLaned && fill.sellerLaned);
        }
    }

    private static final int EPOCH = 16;

    /** Open, and a fill has left. */
    private static final int TORN = 3;

    private final Map<Long, Batch> bySeq = new TreeMap<>();
    private final Map<Integer, Long> lastOfCell = new HashMap<>();

    Collection<Batch> all() {
        return bySeq.values();
    }

    long nextOf(int cell) {
        Long last = lastOfCell.get(cell);
        return last == null ? LockBatch.CELLS + cell : last + LockBatch.CELLS;
    }

    /** Keeps a batch. What its cell held is forgotten if nobody can need its root: all of its epoch was released. */
    void keep(Batch batch) {
        Long before = lastOfCell.put((int) (batch.seq % LockBatch.CELLS), batch.seq);
        Batch old = before == null ? null : bySeq.get(before);
        if (old != null && old.allLaned()) {
            long epoch = old.seq / EPOCH * EPOCH;
            old.forgotten = LongStream.range(epoch, epoch + EPOCH).allMatch(seq -> end(seq) == End.RELEASED);
        }
        bySeq.put(batch.seq, batch);
    }

    /** How all batches of a lane have ended, or OPEN. */
    End common(Account.Lane lane) {
        End end = end(lane.first);
        return LongStream.rangeClosed(lane.first, lane.last).allMatch(seq -> end(seq) == end) ? end : End.OPEN;
    }

    private End end(long seq) {
        Batch batch = bySeq.get(seq);
        return batch == null ? End.OPEN : batch.end;
    }
}
