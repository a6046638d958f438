package io.quoin.matching;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fills that have not ended. A fill is forgotten when it ends, so it ends once. */
final class Fills {
    private final SortedMap<Long, Fill> pending = new TreeMap<>();
    private long last;

    /** What each side of a fill has settling, in engine units. */
    record Fill(BalanceKey seller, long baseAmount, BalanceKey buyer, long quoteAmount) {}

    FillId add(Fill fill) {
        last++;
        pending.put(last, fill);
        return new FillId(last);
    }

    Optional<Fill> remove(FillId id) {
        return Optional.ofNullable(pending.remove(id.value()));
    }

    void hashInto(StateHash hash) {
        hash.add(last);
        hash.add(pending.size());
        pending.forEach((id, fill) -> {
            hash.add(id);
            hashInto(hash, fill.seller(), fill.baseAmount());
            hashInto(hash, fill.buyer(), fill.quoteAmount());
        });
    }

    private static void hashInto(StateHash hash, BalanceKey payer, long amount) {
        hash.add(payer.account().value());
        hash.add(payer.asset().value());
        hash.add(amount);
    }
}
