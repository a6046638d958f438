package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An escrow as the node shows it.
 *
 * @param id the escrow's id on chain
 * @param state the state it is in
 * @param failure why it failed, if it did
 * @param steps every state it was in, oldest first
 */
public record EscrowView(String id, String state, Optional<String> failure, List<Step> steps) {
    /**
     * One state that it reached.
     *
     * @param state the state
     * @param tx the transaction that brought it there, if one did
     * @param at the node's clock when it booked the step
     */
    public record Step(String state, Optional<String> tx, Instant at) {}

    /** Keeps the steps from changing. */
    public EscrowView {
        steps = List.copyOf(steps);
    }

    static EscrowView of(JsonNode escrow) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : escrow.path("steps")) {
            steps.add(new Step(
                    step.path("state").asText(),
                    text(step, "tx"),
                    Instant.parse(step.path("at").asText())));
        }
        return new EscrowView(
                escrow.path("id").asText(), escrow.path("state").asText(), text(escrow, "failure"), steps);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
