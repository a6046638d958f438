package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An order as the node shows it. Amounts in whole tokens.
 *
 * @param id the order's EIP-712 digest
 * @param status {@code OPEN}, {@code FILLED} or {@code CANCELLED}
 * @param remaining what is not filled
 * @param fills its fills, oldest first
 */
public record OrderView(String id, String status, BigDecimal remaining, List<Fill> fills) {
    /**
     * One fill.
     *
     * @param maker whether this order waited in the book
     * @param price whole quote tokens for one whole base token
     * @param quantity whole base tokens
     * @param escrow the id of the escrow that settles it
     */
    public record Fill(boolean maker, BigDecimal price, BigDecimal quantity, String escrow) {
        /** Returns what the buyer pays, in whole quote tokens. */
        public BigDecimal paid() {
            return price.multiply(quantity);
        }
    }

    /** Keeps the fills from changing. */
    public OrderView {
        fills = List.copyOf(fills);
    }

    static OrderView of(JsonNode order) {
        List<Fill> fills = new ArrayList<>();
        for (JsonNode fill : order.path("fills")) {
            fills.add(new Fill(
                    fill.path("role").asText().equals("MAKER"),
                    new BigDecimal(fill.path("price").asText()),
                    new BigDecimal(fill.path("quantity").asText()),
                    fill.path("escrow").asText()));
        }
        return new OrderView(
                order.path("id").asText(),
                order.path("status").asText(),
                new BigDecimal(order.path("remaining").asText()),
                fills);
    }
}
