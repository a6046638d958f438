package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A withdrawal as the node shows it.
 *
 * @param id its EIP-712 digest
 * @param state {@code REQUESTED}, {@code COSIGNED}, {@code FINAL} or {@code EXPIRED}
 * @param operatorSignature the operator's signature in hexadecimal; empty before there is one
 */
public record WithdrawalView(String id, String state, String operatorSignature) {
    static WithdrawalView of(JsonNode withdrawal) {
        return new WithdrawalView(
                withdrawal.path("id").asText(),
                withdrawal.path("state").asText(),
                withdrawal.path("operatorSignature").asText());
    }
}
