package io.quoin.node.store.signing;

import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.Claim;
import io.quoin.signer.journal.Held;
import io.quoin.signer.journal.JournalSnapshot;
import io.quoin.signer.journal.Slot;
import io.quoin.signer.journal.Taken;
import io.quoin.signer.journal.Want;
import java.util.stream.Stream;

/** One thing that is asked of the journal's writer. */
sealed interface JournalStep {
    /** The slots whose rows it reads. */
    Stream<Slot> slots();

    /** Takes a claim's slots. */
    record Take(Claim claim) implements JournalStep {
        @Override
        public Stream<Slot> slots() {
            return claim.wants().stream().map(Want::slot);
        }
    }

    /** Keeps a signature. */
    record Keep(Claim claim, Hex signature) implements JournalStep {
        @Override
        public Stream<Slot> slots() {
            return Stream.of(claim.seat());
        }
    }

    /** Says that a cancel is final. */
    record Final(Slot.EvmTurn turn) implements JournalStep {
        @Override
        public Stream<Slot> slots() {
            return Stream.of(turn);
        }
    }

    /** Adds another journal's rows. */
    record Merge(JournalSnapshot snapshot) implements JournalStep {
        @Override
        public Stream<Slot> slots() {
            return snapshot.rows().stream().map(Held::slot);
        }
    }

    /** What came of a step. */
    sealed interface Reply {
        /** Of {@link Take}. */
        record Answer(Taken taken) implements Reply {}

        /** Of {@link Keep}: the signature that is kept. */
        record Kept(Hex signature) implements Reply {}

        /** Of the others. */
        record Done() implements Reply {}

        /** The step alone was not possible; the others of its group were. */
        record Failed(RuntimeException why) implements Reply {}
    }
}
