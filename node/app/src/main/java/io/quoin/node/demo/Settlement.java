package io.quoin.node.demo;

import io.quoin.node.demo.trader.ChainRpc;
import io.quoin.node.demo.trader.EscrowView;
import io.quoin.node.demo.trader.EscrowView.Step;
import io.quoin.node.demo.trader.NodeApi;
import io.quoin.node.demo.trader.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows the escrows of the fills to their end, telling every state that they reach. One call at a time. */
final class Settlement {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String LOCKED = "LOCKED";
    private static final String SETTLED = "SETTLED";
    private static final Set<String> DEAD_ENDS = Set.of("FAILED", "REFUNDING", "REFUNDED");

    private final Story story;
    private final NodeApi api;
    private final ChainRpc chain;
    private final List<String> escrows;
    private final Map<String, Integer> told = new HashMap<>();
    private boolean lockedTold;

    Settlement(Story story, NodeApi api, ChainRpc chain, List<String> escrows) {
        this.story = story;
        this.api = api;
        this.chain = chain;
        this.escrows = List.copyOf(escrows);
    }

    /** Returns when every escrow is settled. */
    void follow() {
        story.during(
                "the chain's confirmations",
                () -> Patience.until(
                        "every fill to be settled",
                        LIMIT,
                        () -> Optional.of(true).filter(_ -> allSettled())));
        story.reached(Phase.SETTLED);
    }

    private boolean allSettled() {
        List<EscrowView> views = escrows.stream().map(api::escrow).toList();
        for (int i = 0; i < views.size(); i++) {
            tell(i, views.get(i));
        }
        if (!lockedTold && views.stream().allMatch(view -> hasReached(view, LOCKED))) {
            lockedTold = true;
            story.reached(Phase.LOCKED);
        }
        return views.stream().allMatch(view -> view.state().equals(SETTLED));
    }

    private void tell(int index, EscrowView escrow) {
        List<Step> steps = escrow.steps();
        for (int i = told.getOrDefault(escrow.id(), 0); i < steps.size(); i++) {
            tell("fill " + (index + 1) + ", escrow " + DemoStack.shortened(escrow.id()), steps.get(i));
        }
        told.put(escrow.id(), steps.size());
        if (DEAD_ENDS.contains(escrow.state())) {
            throw new DemoFailure("escrow " + escrow.id() + " is " + escrow.state() + " instead of settled: "
                    + escrow.failure().orElse("no reason given"));
        }
    }

    /** The gas is the chain's word, not the node's. */
    private void tell(String what, Step step) {
        if (step.tx().isEmpty()) {
            story.step(step.state(), what);
            return;
        }
        String tx = step.tx().get();
        chain.receipt(tx)
                .ifPresentOrElse(
                        receipt -> story.step(step.state(), what, receipt), () -> story.sent(step.state(), what, tx));
    }

    private static boolean hasReached(EscrowView escrow, String state) {
        return escrow.steps().stream().anyMatch(step -> step.state().equals(state));
    }
}
