package io.quoin.signer.journal;

import io.quoin.signer.journal.SlotRules.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the journal answers to a claim: all of its slots or none, then the sliding windows. Without I/O; whoever keeps the
 * rows reads what a claim's slots hold, asks here, and writes what comes back.
 */
public final class ClaimRules {
    private ClaimRules() {}

    /**
     * An answer and what it writes.
     *
     * @param taken the answer
     * @param rows the rows to write; those of turn 1 are new
     * @param isCounted whether the claim's spendings count
     */
    public record Ruled(Taken taken, List<Held> rows, boolean isCounted) {
        /** Copies the rows. */
        public Ruled {
            rows = List.copyOf(rows);
        }

        private static Ruled nothing(Taken taken) {
            return new Ruled(taken, List.of(), false);
        }
    }

    /**
     * Decides; counts nothing.
     *
     * @param held gives what a slot holds
     * @param windows what was signed away lately
     * @param now by the signer's clock
     */
    public static Ruled decide(Claim claim, Function<Slot, Optional<Held>> held, SpendWindows windows, Instant now) {
        List<Ruling> rulings = new ArrayList<>();
        for (Want want : claim.wants()) {
            Ruling ruling = SlotRules.decide(held.apply(want.slot()), want, claim);
            if (ruling instanceof Ruling.Refuse(Slot slot, String explanation)) {
                return Ruled.nothing(new Taken.Conflict(slot, explanation));
            }
            rulings.add(ruling);
        }
        Taken taken = taken(rulings.getFirst(), claim);
        boolean isCounted = taken instanceof Taken.Fresh && !claim.spendings().isEmpty();
        Optional<Taken.OverLimit> refusal =
                isCounted ? windows.refusal(claim.key(), claim.spendings(), now) : Optional.empty();
        return refusal.map(Ruled::nothing).orElseGet(() -> new Ruled(taken, rows(rulings), isCounted));
    }

    /**
     * The rows that say that the cancel of a nonce is final, so that the action it displaced may stand elsewhere.
     *
     * @throws IllegalArgumentException if no cancel has the nonce
     */
    public static List<Held> cancelFinal(Slot.EvmTurn turn, Function<Slot, Optional<Held>> held) {
        Held row = held.apply(turn)
                .orElseThrow(() -> new IllegalArgumentException(
                        "journal: " + turn.text() + " was never signed for, nor cancelled"));
        List<Held> rows = new ArrayList<>();
        rows.add(SlotRules.cancelFinal(row));
        row.bound()
                .flatMap(action -> held.apply(new Slot.EvmAction(turn.chain(), turn.sender(), action)))
                .map(action -> SlotRules.reopened(action, turn))
                .ifPresent(rows::add);
        return List.copyOf(rows);
    }

    private static Taken taken(Ruling seat, Claim claim) {
        return switch (seat) {
            case Ruling.Take _ -> new Taken.Fresh();
            case Ruling.Same(Held row) ->
                new Taken.SameAgain(row.payload().equals(claim.payload()) ? row.signature() : Optional.empty());
            case Ruling.Replace(Held before, Held _) -> new Taken.Replacement(before.payload());
            case Ruling.Refuse(Slot slot, String explanation) -> new Taken.Conflict(slot, explanation);
        };
    }

    private static List<Held> rows(List<Ruling> rulings) {
        List<Held> rows = new ArrayList<>();
        for (Ruling ruling : rulings) {
            switch (ruling) {
                case Ruling.Take(Held row) -> rows.add(row);
                case Ruling.Replace(Held _, Held row) -> rows.add(row);
                case Ruling.Same _, Ruling.Refuse _ -> {}
            }
        }
        return rows;
    }
}
