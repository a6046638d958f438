package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.utils.Numeric;

/**
 * A message as a wallet signs it, {@code eth_signTypedData_v4} of EIP-712, built from nothing but what the node's
 * market list says. Immutable.
 */
final class TypedData {
    /** As the wallet of an order that a key signs. */
    static final String NO_WALLET = "0x" + "0".repeat(40);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[][] DOMAIN = {
        {"name", "string"}, {"version", "string"}, {"chainId", "uint256"}, {"verifyingContract", "address"}
    };
    private static final String[][] MARKET = {{"base", "address"}, {"quote", "address"}, {"priceScale", "uint128"}};
    private static final String[][] TERMS = {
        {"arbiterId", "uint32"},
        {"paymentWindow", "uint32"},
        {"refundDelay", "uint32"},
        {"disputeBound", "uint32"},
        {"fallbackArbiter", "address"},
        {"fallbackToBuyer", "uint16"},
        {"buyerBond", "uint16"},
        {"sellerBond", "uint16"}
    };
    private static final String[][] ORDER = {
        {"mode", "uint8"},
        {"market", "Market"},
        {"side", "uint8"},
        {"price", "uint128"},
        {"quantity", "uint128"},
        {"nonce", "uint64"},
        {"issued", "uint64"},
        {"expiry", "uint64"},
        {"terms", "Terms"},
        {"operatorFeeCap", "uint16"},
        {"referrerFeeCap", "uint16"},
        {"flags", "uint8"},
        {"wallet", "address"}
    };
    private static final String[][] WITHDRAWAL = {
        {"account", "address"},
        {"token", "address"},
        {"amount", "uint256"},
        {"to", "address"},
        {"nonce", "uint256"},
        {"deadline", "uint256"}
    };
    private static final String[][] CANCEL = {{"order", "bytes32"}};

    private final String json;

    private TypedData(String json) {
        this.json = json;
    }

    /** An order names no trader: he is whom the signature recovers. */
    static TypedData order(MarketView market, OrderDraft draft) {
        ObjectNode root = root(market, "Order");
        ObjectNode types = root.withObject("/types");
        types.set("Order", members(ORDER));
        types.set("Market", members(MARKET));
        types.set("Terms", members(TERMS));
        ObjectNode message = root.putObject("message");
        message.put("mode", Integer.toString(market.modeNumber()));
        message.putObject("market")
                .put("base", market.base().address())
                .put("quote", market.quote().address())
                .put("priceScale", market.priceScale().toString());
        message.put("side", Integer.toString(draft.sideNumber()));
        message.put("price", signedPrice(market, draft.price()).toString());
        message.put("quantity", market.base().units(draft.quantity()).toString());
        message.put("nonce", Long.toString(draft.nonce()));
        message.put("issued", Long.toString(draft.issuedSeconds()));
        message.put("expiry", Long.toString(draft.expirySeconds()));
        market.terms().writeTo(message.putObject("terms"));
        message.put("operatorFeeCap", "0").put("referrerFeeCap", "0").put("flags", "0");
        message.put("wallet", NO_WALLET);
        return new TypedData(root.toString());
    }

    static TypedData withdrawal(MarketView market, String account, WithdrawalDraft draft) {
        ObjectNode root = root(market, "Withdrawal");
        root.withObject("/types").set("Withdrawal", members(WITHDRAWAL));
        root.putObject("message")
                .put("account", account)
                .put("token", draft.token().address())
                .put("amount", draft.token().units(draft.amount()).toString())
                .put("to", draft.to())
                .put("nonce", Long.toString(draft.nonce()))
                .put("deadline", Long.toString(draft.deadlineSeconds()));
        return new TypedData(root.toString());
    }

    static TypedData cancel(MarketView market, String orderId) {
        ObjectNode root = root(market, "CancelOrder");
        root.withObject("/types").set("CancelOrder", members(CANCEL));
        root.putObject("message").put("order", orderId);
        return new TypedData(root.toString());
    }

    /** The 32 bytes that are signed, in hexadecimal; an order's are its id. */
    String digest() {
        return Numeric.toHexString(hash());
    }

    /** The 65-byte signature r, s, v in hexadecimal. */
    String signature(Credentials key) {
        Sign.SignatureData parts = Sign.signMessage(hash(), key.getEcKeyPair(), false);
        return Numeric.toHexString(parts.getR())
                + Numeric.toHexStringNoPrefix(parts.getS())
                + Numeric.toHexStringNoPrefix(parts.getV());
    }

    private byte[] hash() {
        try {
            return new StructuredDataEncoder(json).hashStructuredData();
        } catch (IOException e) {
            throw new TraderException("cannot encode " + json, e);
        }
    }

    /** Quote base units for {@code priceScale} base units of the base token. */
    private static BigInteger signedPrice(MarketView market, BigDecimal price) {
        return price.movePointRight(market.quote().decimals() - market.base().decimals())
                .multiply(new BigDecimal(market.priceScale()))
                .toBigIntegerExact();
    }

    private static ObjectNode root(MarketView market, String primaryType) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("types").set("EIP712Domain", members(DOMAIN));
        root.put("primaryType", primaryType);
        root.putObject("domain")
                .put("name", "Quoin EscrowVault")
                .put("version", "2")
                .put("chainId", market.chainId())
                .put("verifyingContract", market.vault());
        return root;
    }

    private static ArrayNode members(String[][] members) {
        ArrayNode array = JSON.createArrayNode();
        for (String[] member : members) {
            array.addObject().put("name", member[0]).put("type", member[1]);
        }
        return array;
    }
}
