package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What both sides of a trade sign alike, as the node's market list names it. Times in seconds, shares in basis points.
 *
 * @param arbiterId 0 for none
 * @param paymentWindow time for a payment outside the chain
 * @param refundDelay time after the lock from which anyone may refund
 * @param disputeBound time that an arbiter has to decide
 * @param fallbackArbiter the address that decides when he stayed silent; zero for none
 * @param fallbackToBuyer the buyer's share of both legs when every arbiter stayed silent
 * @param buyerBond the buyer's bond
 * @param sellerBond the seller's bond
 */
public record EscrowTermsView(
        long arbiterId,
        long paymentWindow,
        long refundDelay,
        long disputeBound,
        String fallbackArbiter,
        int fallbackToBuyer,
        int buyerBond,
        int sellerBond) {
    static EscrowTermsView of(JsonNode terms) {
        return new EscrowTermsView(
                terms.path("arbiterId").asLong(),
                terms.path("paymentWindow").asLong(),
                terms.path("refundDelay").asLong(),
                terms.path("disputeBound").asLong(),
                terms.path("fallbackArbiter").asText(),
                terms.path("fallbackToBuyer").asInt(),
                terms.path("buyerBond").asInt(),
                terms.path("sellerBond").asInt());
    }

    /** Writes them as an order's body and an EIP-712 message have them. */
    void writeTo(ObjectNode node) {
        node.put("arbiterId", arbiterId)
                .put("paymentWindow", paymentWindow)
                .put("refundDelay", refundDelay)
                .put("disputeBound", disputeBound)
                .put("fallbackArbiter", fallbackArbiter)
                .put("fallbackToBuyer", fallbackToBuyer)
                .put("buyerBond", buyerBond)
                .put("sellerBond", sellerBond);
    }
}
