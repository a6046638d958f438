package io.quoin.chain.evm;

import io.quoin.chain.ChainEvent;
import io.quoin.chain.EventPosition;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.BatchTree;
import io.quoin.signer.terms.SettlementMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A locked batch: what the log says of it and what the transaction's input has, found to agree. The log's root binds
 * every fill, so that whoever answers for the chain cannot invent, change or hide one without inventing the log too.
 */
final class LockedBatch {
    /** Beyond so many accounts only few of them are tried without a lane: the number of ways doubles with each. */
    private static final int SEATS_TRIED_FULLY = 10;

    private static final int SEATS_CLEARED_OTHERWISE = 2;

    /** One side's account: whether its lane holds its fills is the one thing that input and log do not say. */
    private record Seat(boolean buys, EvmAddress account) {}

    private final BatchSeal seal;
    private final BatchInput input;
    private final Set<Integer> skipped;

    private LockedBatch(BatchSeal seal, BatchInput input, Set<Integer> skipped) {
        this.seal = seal;
        this.input = input;
        this.skipped = Set.copyOf(skipped);
    }

    /**
     * The batch, if all agrees; else {@link IllegalArgumentException}.
     *
     * @param skipped indices of the fills that were left out
     */
    static LockedBatch of(VaultEvents.Decoded.BatchLocked log, BatchInput input, Set<Integer> skipped) {
        BatchSeal seal = log.seal();
        LockedBatch batch = new LockedBatch(seal, input, skipped);
        boolean agrees = input.mode() == SettlementMode.ESCROW
                && seal.marketId().equals(input.lots().id())
                && seal.detail().equals(BatchTree.detail(input.lots(), input.terms(), log.root()))
                && seal.fills() == input.fills().size()
                && skipped.stream()
                        .allMatch(index -> index >= 0 && index < input.fills().size());
        if (!agrees || !batch.hasRoot(log.root())) {
            throw new IllegalArgumentException(
                    "the transaction's input is not of batch " + seal.seq() + " that its log says was locked");
        }
        return batch;
    }

    /** That a fill was left out. */
    ChainEvent.FillSkipped skipped(EventPosition at, VaultEvents.Decoded.Skipped fill) {
        BatchInput.Fill left = input.fills().get(fill.index());
        return new ChainEvent.FillSkipped(
                at,
                seal.marketId(),
                seal.seq(),
                fill.index(),
                left.buy().id(),
                left.sell().id(),
                fill.reason());
    }

    /** One event for each fill that locked, in the batch's order. */
    List<ChainEvent> locked(EventPosition at) {
        List<ChainEvent> events = new ArrayList<>();
        for (int i = 0; i < input.fills().size(); i++) {
            if (!skipped.contains(i)) {
                events.add(locked(at, i));
            }
        }
        return events;
    }

    private ChainEvent.Locked locked(EventPosition at, int index) {
        BatchInput.Fill fill = input.fills().get(index);
        return new ChainEvent.Locked(
                at,
                seal.marketId(),
                seal.seq(),
                index,
                fill.buy().order().trader(),
                fill.sell().order().trader(),
                fill.buy().id(),
                fill.sell().id(),
                input.lots().base(),
                input.lots().quote(),
                input.baseUnits(fill.amounts().base()),
                input.quoteUnits(fill.amounts().pay()),
                input.quoteUnits(fill.amounts().get()),
                seal.deadlineSeconds(),
                seal);
    }

    private boolean hasRoot(Bytes32 root) {
        List<Seat> seats = seats();
        int clearedMax = seats.size() <= SEATS_TRIED_FULLY ? seats.size() : SEATS_CLEARED_OTHERWISE;
        return hasRoot(root, seats, 0, new HashSet<>(), clearedMax);
    }

    /** Whether the root is found with the cleared seats, and up to {@code more} others from {@code from} on, laneless. */
    private boolean hasRoot(Bytes32 root, List<Seat> seats, int from, Set<Seat> laneless, int more) {
        if (root(laneless).equals(root)) {
            return true;
        }
        for (int i = from; more > 0 && i < seats.size(); i++) {
            laneless.add(seats.get(i));
            if (hasRoot(root, seats, i + 1, laneless, more - 1)) {
                return true;
            }
            laneless.remove(seats.get(i));
        }
        return false;
    }

    private List<Seat> seats() {
        Set<Seat> seats = new LinkedHashSet<>();
        for (int i = 0; i < input.fills().size(); i++) {
            if (!skipped.contains(i)) {
                seats.add(buyer(input.fills().get(i)));
                seats.add(seller(input.fills().get(i)));
            }
        }
        return List.copyOf(seats);
    }

    private Bytes32 root(Set<Seat> laneless) {
        List<Bytes32> leaves = new ArrayList<>();
        for (int i = 0; i < input.fills().size(); i++) {
            leaves.add(
                    skipped.contains(i) ? BatchTree.NO_FILL : leaf(input.fills().get(i), laneless));
        }
        return BatchTree.root(leaves);
    }

    private static Bytes32 leaf(BatchInput.Fill fill, Set<Seat> laneless) {
        return BatchTree.leaf(
                fill.buy().order().trader(),
                fill.sell().order().trader(),
                fill.amounts(),
                !laneless.contains(buyer(fill)),
                !laneless.contains(seller(fill)));
    }

    private static Seat buyer(BatchInput.Fill fill) {
        return new Seat(true, fill.buy().order().trader());
    }

    private static Seat seller(BatchInput.Fill fill) {
        return new Seat(false, fill.sell().order().trader());
    }
}
