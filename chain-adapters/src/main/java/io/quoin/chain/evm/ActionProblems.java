package io.quoin.chain.evm;

import io.quoin.chain.ActionId;
import io.quoin.chain.Alarms;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.PendingAction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what stands in an action's way and calls a person when that lasts. Used by one thread. */
final class ActionProblems {
    private static final Logger LOG = LoggerFactory.getLogger(ActionProblems.class);

    private record Problem(String text, boolean atOnce) {}

    private final EvmProfile profile;
    private final ChainPorts ports;
    private final Map<ActionId, Problem> problems = new HashMap<>();

    ActionProblems(EvmProfile profile, ChainPorts ports) {
        this.profile = profile;
        this.ports = ports;
    }

    void forgetAllBut(List<PendingAction> unfinished) {
        problems.keySet()
                .retainAll(unfinished.stream()
                        .map(pending -> pending.action().id())
                        .collect(Collectors.toSet()));
    }

    /** The node refused something; only money from a person helps an empty account. */
    void refused(ActionId id, RpcErrorException refusal) {
        boolean unfunded = SendRefusal.of(refusal) == SendRefusal.UNFUNDED;
        String advice = unfunded ? "; send gas money to the operator's account" : "";
        remember(id, new Problem(refusal.getMessage() + advice, unfunded));
    }

    /** It may pass by itself. */
    void note(ActionId id, String text) {
        remember(id, new Problem(text, false));
    }

    /** A person must look now. */
    void noteAtOnce(ActionId id, String text) {
        remember(id, new Problem(text, true));
    }

    void solved(ActionId id) {
        problems.remove(id);
    }

    /**
     * Raises the alarm for the oldest action that is stuck, or clears it. Its text has no number that runs with time
     * or with what waits behind: a changed text is a new line in the log.
     */
    void alarm(List<PendingAction> unfinished) {
        Instant now = ports.clock().instant();
        List<PendingAction> stuck =
                unfinished.stream().filter(pending -> isStuck(pending, now)).toList();
        if (stuck.isEmpty()) {
            ports.alarms().clear(Alarms.ACTION_STUCK);
            return;
        }
        PendingAction oldest = stuck.getFirst();
        Problem problem = problems.getOrDefault(oldest.action().id(), new Problem("not final yet", false));
        ports.alarms()
                .raise(
                        Alarms.ACTION_STUCK,
                        "chain " + profile.chain() + ": action "
                                + oldest.action().id() + ", accepted at " + oldest.acceptedAt()
                                + ", is the oldest that is stuck: " + problem.text());
    }

    private boolean isStuck(PendingAction pending, Instant now) {
        Problem problem = problems.get(pending.action().id());
        boolean old = pending.acceptedAt().plus(profile.tuning().stuckAfter()).isBefore(now);
        return old || (problem != null && problem.atOnce());
    }

    private void remember(ActionId id, Problem problem) {
        if (!problem.equals(problems.put(id, problem))) {
            LOG.atWarn()
                    .addKeyValue("chain", profile.chain())
                    .addKeyValue("action", id)
                    .log("chain.action-problem: {}", problem.text());
        }
    }
}
