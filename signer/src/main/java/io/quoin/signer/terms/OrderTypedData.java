package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
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
                + ",\"Terms\":" + fields(body(OrderTyping.TERMS_TYPE))
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

    private static String message(OrderTerms order) {
        return object(List.of(
                text("mode", order.mode().code()),
                "\"market\":" + market(order.market()),
                text("side", order.side().code()),
                text("price", order.price()),
                text("quantity", order.quantity()),
                text("nonce", order.nonce()),
                text("issued", order.issuedSeconds()),
                text("expiry", order.expirySeconds()),
                "\"terms\":" + terms(order.terms()),
                text("operatorFeeCap", order.operatorFeeCapBps()),
                text("referrerFeeCap", order.referrerFeeCapBps()),
                text("flags", OrderFlag.bits(order.flags())),
                text("wallet", order.wallet().orElse(EvmAddress.ZERO))));
    }

    private static String market(MarketTerms market) {
        return object(List.of(
                text("base", market.base()), text("quote", market.quote()), text("priceScale", market.priceScale())));
    }

    private static String terms(EscrowTerms terms) {
        return object(List.of(
                text("arbiterId", terms.arbiterId()),
                text("paymentWindow", terms.paymentWindowSeconds()),
                text("refundDelay", terms.refundDelaySeconds()),
                text("disputeBound", terms.disputeBoundSeconds()),
                text("fallbackArbiter", terms.fallbackArbiter()),
                text("fallbackToBuyer", terms.fallbackToBuyerBps()),
                text("buyerBond", terms.buyerBondBps()),
                text("sellerBond", terms.sellerBondBps())));
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
