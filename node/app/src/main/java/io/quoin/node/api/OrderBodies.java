package io.quoin.node.api;

import io.quoin.node.order.OrderRequest;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads bodies that were checked against the API's document. */
final class OrderBodies {
    private OrderBodies() {}

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
                body.getLong("expiry"),
                body.getLong("arbiterId"),
                body.getLong("paymentWindow"),
                body.getLong("refundDelay"),
                body.getLong("disputeBound"),
                body.getInteger("operatorFeeCap"),
                body.getInteger("referrerFeeCap"),
                flags,
                body.getString("signature"));
    }
}
