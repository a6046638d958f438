package io.quoin.signer.journal;

import io.quoin.signer.evm.Hex;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal's rules without a database. For tests only: what it knows ends with the process. Thread-safe. */
public final class InMemoryJournal implements Journal {
    private final Map<Slot, Held> rows = new HashMap<>();
    private final SpendWindows windows;
    private final InstantSource time;

    public InMemoryJournal(List<ValueLimit> limits, InstantSource time) {
        this.windows = new SpendWindows(limits);
        this.time = time;
    }

    @Override
    public synchronized Taken take(Claim claim) {
        ClaimRules.Ruled ruled = ClaimRules.decide(claim, this::held, windows, time.instant());
        ruled.rows().forEach(row -> rows.put(row.slot(), row));
        if (ruled.isCounted()) {
            windows.count(claim.key(), claim.spendings(), time.instant());
        }
        return ruled.taken();
    }

    @Override
    public synchronized Hex signed(Claim claim, Hex signature) {
        Optional<Held> row = held(claim.seat()).filter(held -> held.payload().equals(claim.payload()));
        Optional<Hex> earlier = row.flatMap(Held::signature);
        if (row.isPresent() && earlier.isEmpty()) {
            rows.put(claim.seat(), row.get().withSignature(signature));
        }
        return earlier.orElse(signature);
    }

    @Override
    public synchronized void cancelFinal(Slot.EvmTurn turn) {
        ClaimRules.cancelFinal(turn, this::held).forEach(row -> rows.put(row.slot(), row));
    }

    synchronized List<Held> rows() {
        return List.copyOf(rows.values());
    }

    @Override
    public void close() {}

    private Optional<Held> held(Slot slot) {
        return Optional.ofNullable(rows.get(slot));
    }
}
