package io.quoin.signer.audit;

import java.util.Objects;

/** What a check of the log found. */
public sealed interface AuditVerdict {
    /**
     * Every row is as it was written, as far as the checkpoints reach; what came after the last of them hangs together.
     *
     * @param head the last row
     * @param checkpoints how many checkpoints it was held against
     * @param vouched the last row that a checkpoint vouches for
     */
    record Intact(AuditHead head, int checkpoints, long vouched) implements AuditVerdict {
        /** Takes the end. */
        public Intact {
            Objects.requireNonNull(head, "head");
        }
    }

    /**
     * The log is not as it was written.
     *
     * @param damage what was done
     * @param number the first row that is missing or wrong
     * @param explanation in words
     */
    record Broken(Damage damage, long number, String explanation) implements AuditVerdict {
        /** Takes what was found. */
        public Broken {
            Objects.requireNonNull(damage, "damage");
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /** What can be done to a log. */
    enum Damage {
        /** A row is gone. */
        DELETED,
        /** A row says something else than it did. */
        EDITED,
        /** A row stands at another place. */
        REORDERED,
        /** All rows from some row on were written anew, hashes and all. */
        REWRITTEN,
        /** A checkpoint is not signed by the second key, or two of them contradict each other. */
        CHECKPOINT
    }
}
