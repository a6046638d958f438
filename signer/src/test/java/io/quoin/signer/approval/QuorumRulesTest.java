package io.quoin.signer.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.approval.QuorumDecision.Granted;
import io.quoin.signer.approval.QuorumDecision.Pending;
import io.quoin.signer.approval.QuorumDecision.Refused;
import io.quoin.signer.approval.QuorumPolicy.Band;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.fingerprint.Fingerprint;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule of {@link QuorumRule}, accepting and refusing; a rule without both fails the class. */
class QuorumRulesTest {
    private static final Set<QuorumRule> REFUSED = EnumSet.noneOf(QuorumRule.class);
    private static final ApproverName ANN = new ApproverName("ann");
    private static final ApproverName BEN = new ApproverName("ben");
    private static final ApproverName CY = new ApproverName("cy");
    private static final ApproverName DEE = new ApproverName("dee");
    private static final Instant EXPIRY = Instant.ofEpochSecond(2_000);
    private static final Instant NOW = Instant.ofEpochSecond(1_999);
    private static final Bytes32 PAYLOAD = Fingerprint.of("payload").sha256();
    private static final Bytes32 SUMMARY = Fingerprint.of("summary").sha256();
    private static final ApprovalSubject SUBJECT = new ApprovalSubject(PAYLOAD, SUMMARY, 3, EXPIRY);

    private final Map<ApproverName, KeyPair> keys = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // set below
    private QuorumPolicy policy;

    @BeforeEach
    void name() throws GeneralSecurityException {
        Map<ApproverName, PublicKey> approvers = new HashMap<>();
        for (ApproverName name : List.of(ANN, BEN, CY, DEE)) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            keys.put(name, pair);
            approvers.put(name, pair.getPublic());
        }
        policy = new QuorumPolicy(
                3, approvers, List.of(new Band(BigInteger.valueOf(100), 1), new Band(BigInteger.valueOf(1_000), 2)));
    }

    @AfterAll
    static void everyRuleRefusedOnce() {
        assertThat(REFUSED).isEqualTo(EnumSet.allOf(QuorumRule.class));
    }

    @Test
    void amounts_takeAsManyApprovalsAsTheirBand() {
        assertThat(decide(99)).isEqualTo(new Granted(Set.of()));
        assertThat(decide(100)).isEqualTo(new Pending(1, Set.of(BEN, CY, DEE)));
        assertThat(decide(999, approve(BEN))).isEqualTo(new Granted(Set.of(BEN)));
        assertThat(decide(1_000, approve(BEN))).isEqualTo(new Pending(1, Set.of(CY, DEE)));
        assertThat(decide(1_000, approve(BEN), approve(CY))).isEqualTo(new Granted(Set.of(BEN, CY)));
        REFUSED.add(QuorumRule.QUORUM_MET); // what it says instead of a refusal is Pending, above
        assertThat(Pending.TAG).isEqualTo("quorum-met");
    }

    @Test
    void oneApprover_saidTwice_isOne() {
        assertThat(decide(1_000, approve(BEN), approve(BEN))).isEqualTo(new Pending(1, Set.of(CY, DEE)));
    }

    @Test
    void initiator_cannotApprove_butCanReject() {
        refuses(QuorumRule.NOT_BY_INITIATOR, decide(1_000, approve(ANN), approve(BEN)));
        refuses(QuorumRule.NOT_REJECTED, decide(1_000, vote(ANN, SUBJECT, Vote.REJECT)));
    }

    @Test
    void oneReject_closesIt_whateverOthersSay() {
        Approval reject = vote(DEE, SUBJECT, Vote.REJECT);

        refuses(QuorumRule.NOT_REJECTED, decide(1_000, approve(BEN), approve(CY), reject));
        refuses(QuorumRule.NOT_REJECTED, decide(1, reject));
    }

    @Test
    void approval_ofAnotherSubject_refuses() {
        Bytes32 other = Fingerprint.of("other").sha256();

        refuses(
                QuorumRule.SUBJECT_MATCHES,
                decide(1_000, vote(BEN, new ApprovalSubject(other, SUMMARY, 3, EXPIRY), Vote.APPROVE)));
        refuses(
                QuorumRule.SUBJECT_MATCHES,
                decide(1_000, vote(BEN, new ApprovalSubject(PAYLOAD, other, 3, EXPIRY), Vote.APPROVE)));
        refuses(
                QuorumRule.SUBJECT_MATCHES,
                decide(1_000, vote(BEN, new ApprovalSubject(PAYLOAD, SUMMARY, 2, EXPIRY), Vote.APPROVE)));
        refuses(
                QuorumRule.SUBJECT_MATCHES,
                decide(
                        1_000,
                        vote(BEN, new ApprovalSubject(PAYLOAD, SUMMARY, 3, EXPIRY.plusSeconds(9)), Vote.APPROVE)));
    }

    @Test
    void approval_underAnotherPolicy_refuses_evenWhereTheSubjectAgrees() {
        ApprovalSubject old = new ApprovalSubject(PAYLOAD, SUMMARY, 2, EXPIRY);
        var request = new QuorumRules.Request(old, BigInteger.valueOf(1_000), ANN);

        refuses(
                QuorumRule.POLICY_CURRENT,
                QuorumRules.decide(policy, request, List.of(vote(BEN, old, Vote.APPROVE)), NOW));
        refuses(QuorumRule.POLICY_CURRENT, QuorumRules.decide(policy, request, List.of(), NOW));
    }

    @Test
    void approvals_countBeforeTheirExpiry_andNotFromItOn() {
        var request = new QuorumRules.Request(SUBJECT, BigInteger.valueOf(100), ANN);

        assertThat(QuorumRules.decide(policy, request, List.of(approve(BEN)), EXPIRY.minusMillis(1)))
                .isInstanceOf(Granted.class);
        refuses(QuorumRule.NOT_EXPIRED, QuorumRules.decide(policy, request, List.of(approve(BEN)), EXPIRY));
        refuses(QuorumRule.NOT_EXPIRED, QuorumRules.decide(policy, request, List.of(), EXPIRY));
    }

    @Test
    void stranger_refuses() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        refuses(
                QuorumRule.APPROVER_KNOWN,
                decide(1_000, Approval.sign(new ApproverName("eve"), SUBJECT, Vote.APPROVE, pair.getPrivate())));
    }

    @Test
    void signature_ofAnotherKeyVoteOrForm_refuses() {
        Approval reject = vote(BEN, SUBJECT, Vote.REJECT);

        refuses(QuorumRule.SIGNED, decide(1_000, Approval.sign(BEN, SUBJECT, Vote.APPROVE, pair(CY).getPrivate())));
        refuses(QuorumRule.SIGNED, decide(1_000, new Approval(BEN, SUBJECT, Vote.APPROVE, reject.signature())));
        refuses(QuorumRule.SIGNED, decide(1_000, new Approval(BEN, SUBJECT, Vote.APPROVE, new Hex("0x00"))));
    }

    @Test
    void policy_thatCouldNotWork_isRefused() {
        Map<ApproverName, PublicKey> two =
                Map.of(ANN, pair(ANN).getPublic(), BEN, pair(BEN).getPublic());

        assertThatThrownBy(() -> new QuorumPolicy(1, two, List.of(new Band(BigInteger.ONE, 2))))
                .hasMessageContaining("one may have asked");
        assertThatThrownBy(() -> new QuorumPolicy(
                        1, Map.of(ANN, pair(ANN).getPublic(), BEN, pair(ANN).getPublic()), List.of()))
                .hasMessageContaining("one key");
        assertThatThrownBy(() ->
                        new QuorumPolicy(1, two, List.of(new Band(BigInteger.TEN, 1), new Band(BigInteger.TEN, 1))))
                .hasMessageContaining("does not rise");
        assertThatThrownBy(() -> new Band(BigInteger.ONE, 0)).hasMessageContaining("needs 1 approval");
    }

    private QuorumDecision decide(long amount, Approval... approvals) {
        var request = new QuorumRules.Request(SUBJECT, BigInteger.valueOf(amount), ANN);
        return QuorumRules.decide(policy, request, List.of(approvals), NOW);
    }

    private Approval approve(ApproverName name) {
        return vote(name, SUBJECT, Vote.APPROVE);
    }

    private Approval vote(ApproverName name, ApprovalSubject subject, Vote vote) {
        return Approval.sign(name, subject, vote, pair(name).getPrivate());
    }

    private KeyPair pair(ApproverName name) {
        return java.util.Objects.requireNonNull(keys.get(name));
    }

    private static void refuses(QuorumRule rule, QuorumDecision decision) {
        assertThat(decision).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.tag()).isEqualTo(rule.tag());
            assertThat(refused.explanation()).isNotBlank();
        });
        REFUSED.add(rule);
    }
}
