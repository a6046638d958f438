package io.quoin.signer.terms;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes an order as JSON for {@code eth_signTypedData_v4}. All values are hexadecimal, decimal or fixed ASCII words,
 * so nothing needs escaping.
 */
final class OrderTypedData {
    private static final String DOMAIN_FIELDS =
            fields("string name,string version,uint256 chainId,address verifyingContract");

    private OrderTypedData() {}

    static String json(VaultDomain domain, OrderTerms terms) {
        return "{\"types\":{\"EIP712Domain\":" + DOMAIN_FIELDS
                + ",\"Order\":" + fields(body(OrderTyping.ORDER_TYPE))
                + ",\"Market\":" + fields(body(OrderTyping.MARKET_TYPE))
                + "},\"primaryType\":\"Order\",\"domain\":" + domain(domain)
                + ",\"message\":" + message(terms) + "}";
    }

    private static String domain(VaultDomain domain) {
        return object(List.of(
                text("name", VaultDomain.NAME),
                text("version", VaultDomain.VERSION),
                "\"chainId\":" + domain.chain().eip155Id(),
                text("verifyingContract", domain.vault().hex())));
    }

    private static String message(OrderTerms terms) {
        String market = object(List.of(
                text("base", terms.market().base()),
                text("quote", terms.market().quote()),
                text("priceScale", terms.market().priceScale())));
        return object(List.of(
                text("trader", terms.trader()),
                text("mode", terms.mode().code()),
                "\"market\":" + market,
                text("side", terms.side().code()),
                text("price", terms.price()),
                text("quantity", terms.quantity()),
                text("nonce", terms.nonce()),
                text("expiry", terms.expirySeconds()),
                text("arbiterId", terms.arbiterId()),
                text("paymentWindow", terms.paymentWindowSeconds()),
                text("refundDelay", terms.refundDelaySeconds()),
                text("disputeBound", terms.disputeBoundSeconds()),
                text("operatorFeeCap", terms.operatorFeeCapBps()),
                text("referrerFeeCap", terms.referrerFeeCapBps()),
                text("flags", OrderFlag.bits(terms.flags()))));
    }

    /** What stands between the first pair of brackets of a type string. */
    private static String body(String type) {
        return type.substring(type.indexOf('(') + 1, type.indexOf(')'));
    }

    private static String fields(String body) {
        List<String> fields = new ArrayList<>();
        for (String field : body.split(",", -1)) {
            int blank = field.indexOf(' ');
            fields.add(
                    object(List.of(text("name", field.substring(blank + 1)), text("type", field.substring(0, blank)))));
        }
        return "[" + String.join(",", fields) + "]";
    }

    private static String text(String name, Object value) {
        return "\"" + name + "\":\"" + value + "\"";
    }

    private static String object(List<String> members) {
        return "{" + String.join(",", members) + "}";
    }
}
