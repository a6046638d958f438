package io.quoin.node.store.signing;

import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.Claim;
import io.quoin.signer.journal.ClaimRules;
import io.quoin.signer.journal.Held;
import io.quoin.signer.journal.JournalException;
import io.quoin.signer.journal.JournalException.Kind;
import io.quoin.signer.journal.JournalPosition;
import io.quoin.signer.journal.JournalSnapshot;
import io.quoin.signer.journal.JournalSnapshot.Counted;
import io.quoin.signer.journal.Slot;
import io.quoin.signer.journal.SpendWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * The steps of one commit, decided one after the other over what the slots hold and what the steps before changed. Not
 * thread-safe; one for each group.
 */
final class JournalGroup {
    private final DSLContext tx;
    private final SpendWindows windows;
    private final Instant now;
    private final Map<Slot, Optional<Held>> stored = new HashMap<>();
    private final Map<Slot, Held> changed = new LinkedHashMap<>();
    private final List<Counted> counted = new ArrayList<>();

    JournalGroup(DSLContext tx, SpendWindows windows, Instant now) {
        this.tx = tx;
        this.windows = windows;
        this.now = now;
    }

    /** Decides every step. */
    List<JournalStep.Reply> decide(List<JournalStep> steps) {
        List<Slot> slots = steps.stream().flatMap(JournalStep::slots).distinct().toList();
        Map<Slot, Held> rows = JournalRows.read(tx, slots);
        slots.forEach(slot -> stored.put(slot, Optional.ofNullable(rows.get(slot))));
        return steps.stream().map(this::decide).toList();
    }

    /** Writes what the steps changed; returns the journal's position after it, or that one if nothing changed. */
    JournalPosition write(JournalPosition before, long fence) {
        if (changed.isEmpty() && counted.isEmpty()) {
            require(JournalRows.holds(tx, fence));
            return before;
        }
        List<Held> rows = List.copyOf(changed.values());
        JournalPosition after = before.after(rows);
        require(JournalRows.advance(tx, after, fence));
        JournalRows.insert(tx, rows.stream().filter(this::isNew).toList());
        JournalRows.update(tx, rows.stream().filter(row -> !isNew(row)).toList());
        JournalRows.count(tx, counted);
        return after;
    }

    private JournalStep.Reply decide(JournalStep step) {
        return switch (step) {
            case JournalStep.Take(Claim claim) -> take(claim);
            case JournalStep.Keep(Claim claim, Hex signature) -> keep(claim, signature);
            case JournalStep.Final(Slot.EvmTurn turn) -> cancelFinal(turn);
            case JournalStep.Merge(JournalSnapshot snapshot) -> merge(snapshot);
        };
    }

    private JournalStep.Reply take(Claim claim) {
        ClaimRules.Ruled ruled = ClaimRules.decide(claim, this::held, windows, now);
        ruled.rows().forEach(row -> changed.put(row.slot(), row));
        if (ruled.isCounted()) {
            Instant moment = windows.count(claim.key(), claim.spendings(), now);
            claim.spendings().forEach(spending -> counted.add(new Counted(moment, claim.key(), spending)));
        }
        return new JournalStep.Reply.Answer(ruled.taken());
    }

    private JournalStep.Reply keep(Claim claim, Hex signature) {
        Optional<Held> row = held(claim.seat()).filter(held -> held.payload().equals(claim.payload()));
        Optional<Hex> earlier = row.flatMap(Held::signature);
        if (row.isPresent() && earlier.isEmpty()) {
            changed.put(claim.seat(), row.get().withSignature(signature));
        }
        return new JournalStep.Reply.Kept(earlier.orElse(signature));
    }

    private JournalStep.Reply cancelFinal(Slot.EvmTurn turn) {
        try {
            ClaimRules.cancelFinal(turn, this::held).forEach(row -> changed.put(row.slot(), row));
            return new JournalStep.Reply.Done();
        } catch (IllegalArgumentException notCancelled) {
            return new JournalStep.Reply.Failed(notCancelled);
        }
    }

    private JournalStep.Reply merge(JournalSnapshot snapshot) {
        for (Held row : snapshot.rows()) {
            Optional<Held> mine = held(row.slot());
            if (mine.isPresent() && !mine.get().equals(row)) {
                return new JournalStep.Reply.Failed(new JournalException(
                        Kind.NOT_IMPORTED,
                        "nothing was imported: " + row.slot().text() + " holds payload "
                                + mine.get().payload() + " here and " + row.payload()
                                + " there, or another turn or signature of it"));
            }
        }
        snapshot.rows().stream().filter(row -> held(row.slot()).isEmpty()).forEach(row -> changed.put(row.slot(), row));
        List<Counted> fresh = new ArrayList<>(snapshot.counted());
        JournalRows.counted(tx, Instant.EPOCH).forEach(fresh::remove);
        counted.addAll(fresh);
        return new JournalStep.Reply.Done();
    }

    private Optional<Held> held(Slot slot) {
        Held now = changed.get(slot);
        return now == null ? stored.computeIfAbsent(slot, this::read) : Optional.of(now);
    }

    private Optional<Held> read(Slot slot) {
        return Optional.ofNullable(JournalRows.read(tx, List.of(slot)).get(slot));
    }

    private boolean isNew(Held row) {
        return stored.getOrDefault(row.slot(), Optional.empty()).isEmpty();
    }

    private static void require(boolean isHolder) {
        if (!isHolder) {
            throw new JournalException(
                    Kind.FENCED,
                    "another signer took the journal over while this one was silent: this one signs nothing any more."
                            + " Restart it once the other is stopped");
        }
    }
}
