package io.quoin.signer.approval;

import java.util.Objects;
import java.util.Set;

/** Whether a request is approved. */
public sealed interface QuorumDecision {
    /**
     * It is.
     *
     * @param by who approved; empty below every threshold
     */
    record Granted(Set<ApproverName> by) implements QuorumDecision {
        /** Copies the names. */
        public Granted {
            by = Set.copyOf(by);
        }
    }

    /**
     * Not yet.
     *
     * @param needed how many more approvals it takes, from 1
     * @param open who can still give one
     */
    record Pending(int needed, Set<ApproverName> open) implements QuorumDecision {
        /** The rule that waits. */
        public static final String TAG = QuorumRule.QUORUM_MET.tag();

        /** Copies the names. */
        public Pending {
            open = Set.copyOf(open);
        }
    }

    /**
     * It is not, with these approvals.
     *
     * @param tag the rule's stable name, see {@link QuorumRule}
     * @param explanation what was found and what was expected
     */
    record Refused(String tag, String explanation) implements QuorumDecision {
        /** Takes a tag and its words. */
        public Refused {
            Objects.requireNonNull(tag, "tag");
            Objects.requireNonNull(explanation, "explanation");
        }
    }
}
