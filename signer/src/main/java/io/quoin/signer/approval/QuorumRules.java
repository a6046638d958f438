package io.quoin.signer.approval;

import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether enough people approved. Without I/O and without a clock. An approval that does not count is not passed over: it
 * refuses the request and says why, for somebody tried something or the caller mixed things up. Stateless.
 */
public final class QuorumRules {
    private QuorumRules() {}

    /**
     * A request to be approved.
     *
     * @param subject what is to be approved, as the signer itself works it out
     * @param amount what it moves, base units
     * @param initiator who asked for it
     */
    public record Request(ApprovalSubject subject, BigInteger amount, ApproverName initiator) {}

    /** Decides. */
    public static QuorumDecision decide(QuorumPolicy policy, Request request, List<Approval> approvals, Instant now) {
        for (Approval approval : approvals) {
            Optional<QuorumDecision.Refused> refusal = refusal(policy, request, approval, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return count(policy, request, approvals, now);
    }

    private static QuorumDecision count(QuorumPolicy policy, Request request, List<Approval> approvals, Instant now) {
        Set<ApproverName> by = new HashSet<>();
        for (Approval approval : approvals) {
            switch (approval.vote()) {
                case APPROVE -> by.add(approval.approver());
                case REJECT -> {
                    return refused(QuorumRule.NOT_REJECTED, approval.approver() + " rejected it, which closes it");
                }
            }
        }
        int missing = policy.needed(request.amount()) - by.size();
        if (missing <= 0) {
            return new QuorumDecision.Granted(by);
        }
        ApprovalSubject subject = request.subject();
        if (subject.policyVersion() != policy.version()) {
            return refused(QuorumRule.POLICY_CURRENT, versions(subject, policy));
        }
        if (!now.isBefore(subject.expiry())) {
            return refused(QuorumRule.NOT_EXPIRED, "the time to approve it ended at " + subject.expiry());
        }
        Set<ApproverName> open = new HashSet<>(policy.approvers().keySet());
        open.removeAll(by);
        open.remove(request.initiator());
        return new QuorumDecision.Pending(missing, open);
    }

    private static Optional<QuorumDecision.Refused> refusal(
            QuorumPolicy policy, Request request, Approval approval, Instant now) {
        for (QuorumRule rule : QuorumRule.values()) {
            Optional<String> broken = broken(rule, policy, request, approval, now);
            if (broken.isPresent()) {
                return Optional.of(refused(rule, broken.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> broken(
            QuorumRule rule, QuorumPolicy policy, Request request, Approval approval, Instant now) {
        ApproverName who = approval.approver();
        ApprovalSubject subject = approval.subject();
        return switch (rule) {
            case SUBJECT_MATCHES ->
                unless(
                        subject.equals(request.subject()),
                        who + " spoke of " + subject + ", asked is " + request.subject());
            case POLICY_CURRENT -> unless(subject.policyVersion() == policy.version(), versions(subject, policy));
            case NOT_EXPIRED ->
                unless(
                        now.isBefore(subject.expiry()),
                        "the word of " + who + " counts before " + subject.expiry() + ", it is " + now);
            case APPROVER_KNOWN ->
                unless(
                        policy.approvers().containsKey(who),
                        who + " is no approver; there are " + new TreeSet<>(names(policy)));
            case SIGNED ->
                unless(
                        Optional.ofNullable(policy.approvers().get(who))
                                .filter((PublicKey key) -> approval.isSignedBy(key))
                                .isPresent(),
                        "what is said in the name of " + who + " is not signed by that approver's key");
            case NOT_BY_INITIATOR ->
                unless(
                        approval.vote() == Vote.REJECT || !who.equals(request.initiator()),
                        who + " asked for it and cannot approve it too");
            case NOT_REJECTED, QUORUM_MET -> Optional.empty(); // of all approvals together
        };
    }

    private static List<String> names(QuorumPolicy policy) {
        return policy.approvers().keySet().stream().map(ApproverName::value).toList();
    }

    private static String versions(ApprovalSubject subject, QuorumPolicy policy) {
        return "it is asked under policy version " + subject.policyVersion() + ", in force is " + policy.version();
    }

    private static QuorumDecision.Refused refused(QuorumRule rule, String explanation) {
        return new QuorumDecision.Refused(rule.tag(), explanation);
    }

    private static Optional<String> unless(boolean kept, String explanation) {
        return kept ? Optional.empty() : Optional.of(explanation);
    }
}
