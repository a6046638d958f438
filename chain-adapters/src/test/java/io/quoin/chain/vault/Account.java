package io.quoin.chain.vault;

import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The model's account of an owner on one side of the market, in lots: what is free, what its lanes hold (as lists of
 * fills), and which order nonces are used. docs/adr/0012-vault-storage.md says what a lane is.
 */
final class Account {
    /** What an order that fills over many batches has filled. */
    private record Counted(BigInteger nonce, Bytes32 order, long filled) {}

    /** The fills of the batches {@code first} to {@code last}, until all those batches have ended alike. */
    static final class Lane {
        long first;
        long last;
        final List<Fill> fills = new ArrayList<>();

        boolean holds(Fill fill) {
            return fills.contains(fill);
        }
    }

    private static final int EPOCH = 16;
    private static final int SPILLED_MAX = 8;
    private static final int NONCE_WINDOW = 27;
    private static final int RING = 256;

    private final boolean buys;
    long pay;
    long get;
    boolean exiting;
    private Lane lane = new Lane();
    private final Map<Long, Lane> spilled = new HashMap<>();
    private long topNonce;
    private final Set<Long> usedNonces = new HashSet<>();
    private final Map<Integer, Counted> counted = new HashMap<>();

    Account(boolean buys) {
        this.buys = buys;
    }

    long pays(Fill fill) {
        return buys ? fill.pay() : fill.base();
    }

    long gets(Fill fill) {
        return buys ? fill.base() : fill.get();
    }

    Stream<Lane> lanes() {
        return Stream.concat(Stream.of(lane), spilled.values().stream()).filter(one -> !one.fills.isEmpty());
    }

    /** Makes free what the account's first lane holds, if its batches have ended alike and it is not of this batch. */
    void fold(Batches batches, long seq) {
        if (!lane.fills.isEmpty() && lane.last != seq) {
            free(batches, lane);
        }
    }

    /** What would be free after {@link #fold}, of the token that the side pays. */
    long payAfterFold(Batches batches, long seq) {
        boolean refunded = !lane.fills.isEmpty() && lane.last != seq && batches.common(lane) == Batches.End.REFUNDED;
        return refunded ? pay + lane.fills.stream().mapToLong(this::pays).sum() : pay;
    }

    /** Puts a fill of batch {@code seq} into a lane; false if none has a place for it. */
    boolean put(Batches batches, long seq, Fill fill) {
        boolean empty = lane.fills.isEmpty();
        if (seq < lane.last || (empty && seq == lane.last)) {
            return false;
        }
        if (!empty && lane.first / EPOCH != seq / EPOCH && !spill(batches)) {
            return false;
        }
        if (lane.fills.isEmpty()) {
            lane.first = seq;
        }
        lane.last = seq;
        lane.fills.add(fill);
        return true;
    }

    private boolean spill(Batches batches) {
        long place = lane.first / EPOCH % SPILLED_MAX;
        Lane old = spilled.get(place);
        if (old != null && !old.fills.isEmpty() && !free(batches, old)) {
            return false;
        }
        spilled.put(place, lane);
        lane = new Lane();
        return true;
    }

    /** Makes free what all lanes hold whose batches have ended alike. */
    void foldAll(Batches batches) {
        lanes().toList().forEach(one -> free(batches, one));
    }

    private boolean free(Batches batches, Lane one) {
        switch (batches.common(one)) {
            case RELEASED -> get += one.fills.stream().mapToLong(this::gets).sum();
            case REFUNDED -> pay += one.fills.stream().mapToLong(this::pays).sum();
            case OPEN -> {
                return false;
            }
        }
        one.fills.clear();
        return true;
    }

    /** Takes a fill out of the lane that holds it; false if none does any more. */
    boolean takeOut(Fill fill) {
        return lanes().filter(one -> one.holds(fill))
                .findFirst()
                .map(one -> one.fills.remove(fill))
                .orElse(false);
    }

    boolean isUnused(long nonce) {
        return nonce > topNonce || (topNonce - nonce < NONCE_WINDOW && !usedNonces.contains(nonce));
    }

    void use(long nonce) {
        topNonce = Math.max(topNonce, nonce);
        usedNonces.add(nonce);
    }

    /** What an order of the many-batch kind has filled, or -1 when its nonce is another's. */
    long filled(BigInteger nonce, Bytes32 order) {
        Counted entry = counted.get(nonce.intValue() & (RING - 1));
        if (entry == null || entry.nonce().compareTo(nonce) < 0) {
            return 0;
        }
        return entry.nonce().equals(nonce) && entry.order().equals(order) ? entry.filled() : -1;
    }

    void count(BigInteger nonce, Bytes32 order, long filled) {
        counted.put(nonce.intValue() & (RING - 1), new Counted(nonce, order, filled));
    }

    /** Ends the nonces of the many-batch kind in that range, at most 256 of them. */
    void cancelRing(BigInteger from, BigInteger to) {
        for (BigInteger nonce = from; nonce.compareTo(to) <= 0; nonce = nonce.add(BigInteger.ONE)) {
            Counted entry = counted.get(nonce.intValue() & (RING - 1));
            if (entry == null || entry.nonce().compareTo(nonce) <= 0) {
                count(nonce, Bytes32.ZERO, Long.MAX_VALUE);
            }
        }
    }

    /** Ends the nonces of the one-batch kind in that range. */
    void cancelOnce(long from, long to) {
        for (long nonce = Math.max(from, to - NONCE_WINDOW); nonce <= to; nonce++) {
            use(nonce);
        }
    }
}
