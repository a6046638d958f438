package io.quoin.signer.journal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import java.util.Objects;
import java.util.Optional;

/** The journal's answer to a {@link Claim}. Signing is allowed after the first three; nothing was written after the others. */
public sealed interface Taken {
    /** The slots are the claim's, from now on. */
    record Fresh() implements Taken {}

    /**
     * The same was allowed before.
     *
     * @param signature what was signed then for this very payload; empty if that is not known, or the payload is another
     *     one with the same outcome: then sign
     */
    record SameAgain(Optional<Hex> signature) implements Taken {
        /** Takes what is stored. */
        public SameAgain {
            Objects.requireNonNull(signature, "signature");
        }
    }

    /**
     * The claim takes the place of an earlier payload for the same slot.
     *
     * @param replaced the hash of that payload
     */
    record Replacement(Bytes32 replaced) implements Taken {
        /** Takes the earlier payload's hash. */
        public Replacement {
            Objects.requireNonNull(replaced, "replaced");
        }
    }

    /**
     * Something else was signed for a slot.
     *
     * @param slot which slot
     * @param explanation what it holds and why this cannot follow
     */
    record Conflict(Slot slot, String explanation) implements Taken {
        /** Takes the slot and the words. */
        public Conflict {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /**
     * Too much would be signed away in too short a time; later it may pass.
     *
     * @param limit which limit
     * @param explanation how much was signed and how much was asked
     */
    record OverLimit(ValueLimit limit, String explanation) implements Taken {
        /** Takes the limit and the words. */
        public OverLimit {
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(explanation, "explanation");
        }
    }
}
