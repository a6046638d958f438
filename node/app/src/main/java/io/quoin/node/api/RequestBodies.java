package io.quoin.node.api;

import io.quoin.node.order.OrderRequest;
import io.quoin.node.withdrawal.WithdrawalRequest;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads bodies that were checked against the API's document. */
final class RequestBodies {
    private RequestBodies() {}

    static OrderRequest order(JsonObject body) {
        Set<String> flags =
                body.getJsonArray("flags").stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
        return new OrderRequest(
                body.getString("vault"),
                body.getString("market"),
                body.getString("trader"),
                body.getString("mode"),
                body.getString("side"),
                body.getString("price"),
                body.getString("quantity"),
                new BigInteger(body.getString("nonce")),
                body.getLong("issued"),
                body.getLong("expiry"),
                terms(body.getJsonObject("terms")),
                body.getInteger("operatorFeeCap"),
                body.getInteger("referrerFeeCap"),
                flags,
                body.getString("wallet"),
                body.getString("signature"));
    }

    static WithdrawalRequest withdrawal(JsonObject body) {
        return new WithdrawalRequest(
                body.getString("vault"),
                body.getString("account"),
                body.getString("token"),
                body.getString("amount"),
                body.getString("to"),
                new BigInteger(body.getString("nonce")),
                body.getLong("deadline"),
                body.getString("signature"));
    }

    private static OrderRequest.Terms terms(JsonObject terms) {
        return new OrderRequest.Terms(
                terms.getLong("arbiterId"),
                terms.getLong("paymentWindow"),
                terms.getLong("refundDelay"),
                terms.getLong("disputeBound"),
                terms.getString("fallbackArbiter"),
                terms.getInteger("fallbackToBuyer"),
                terms.getInteger("buyerBond"),
                terms.getInteger("sellerBond"));
    }
}
