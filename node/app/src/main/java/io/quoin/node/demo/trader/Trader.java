package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/** Somebody with a key of his own who trades through the node's API. One call at a time. */
public final class Trader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Credentials key;
    private final NodeApi api;
    private final ChainRpc chain;

    private Trader(String name, Credentials key, NodeApi api, ChainRpc chain) {
        this.name = name;
        this.key = key;
        this.api = api;
        this.chain = chain;
    }

    /** Makes a trader with a new random key. */
    public static Trader withNewKey(String name, NodeApi api, ChainRpc chain) {
        try {
            return new Trader(name, Credentials.create(Keys.createEcKeyPair()), api, chain);
        } catch (GeneralSecurityException e) {
            throw new TraderException("this Java runtime cannot make a secp256k1 key", e);
        }
    }

    /** Returns what people call him. */
    public String name() {
        return name;
    }

    /** Returns his account, checksummed. */
    public String address() {
        return Keys.toChecksumAddress(key.getAddress());
    }

    /** Returns his private key, to be shown for chains without value only. */
    public String privateKeyOfTestChain() {
        return Numeric.toHexStringWithPrefixZeroPadded(key.getEcKeyPair().getPrivateKey(), 64);
    }

    /** Lets a test token make him some. */
    public Receipt mint(Token token, BigDecimal amount) {
        return send(token.address(), "mint", new Address(address()), new Uint256(token.units(amount)));
    }

    /** Allows the vault to take an amount of a token. */
    public Receipt approve(MarketView market, Token token, BigDecimal amount) {
        return send(token.address(), "approve", new Address(market.vault()), new Uint256(token.units(amount)));
    }

    /** Pays an approved amount into the vault. */
    public Receipt deposit(MarketView market, Token token, BigDecimal amount) {
        return send(market.vault(), "deposit", new Address(token.address()), new Uint256(token.units(amount)));
    }

    /** Moves what his trades on one side of a market brought from the market's account to his wallet in the vault. */
    public Receipt gather(MarketView market, boolean sell) {
        return chain.send(key, market.vault(), VaultCalls.gather(market, sell, address()));
    }

    /** Asks the node to co-sign a withdrawal, which sets the amount aside. */
    public WithdrawalView requestWithdrawal(MarketView market, WithdrawalDraft draft) {
        WithdrawalView view = api.requestWithdrawal(signedWithdrawal(market, draft));
        String digest = TypedData.withdrawal(market, address(), draft).digest();
        if (!view.id().equals(digest)) {
            throw new TraderException(
                    "the node calls the withdrawal " + view.id() + ", but what was signed is " + digest);
        }
        return view;
    }

    /** Returns a withdrawal as the API takes it, signed and not sent. */
    public String signedWithdrawal(MarketView market, WithdrawalDraft draft) {
        ObjectNode body = JSON.createObjectNode();
        body.put("vault", market.vaultAccount());
        body.put("account", address());
        body.put("token", draft.token().address());
        body.put("amount", plain(draft.amount()));
        body.put("to", draft.to());
        body.put("nonce", Long.toString(draft.nonce()));
        body.put("deadline", draft.deadlineSeconds());
        body.put("signature", TypedData.withdrawal(market, address(), draft).signature(key));
        return body.toString();
    }

    /** Has the vault pay a withdrawal that the operator co-signed. */
    public Receipt withdraw(MarketView market, WithdrawalDraft draft, WithdrawalView coSigned) {
        return chain.send(key, market.vault(), VaultCalls.withdraw(draft, coSigned.operatorSignature()));
    }

    /**
     * Signs an order and places it.
     *
     * @throws TraderException if it is refused, or the node names it by another id than the digest that was signed
     */
    public OrderView place(MarketView market, OrderDraft draft) {
        OrderView placed = api.place(signedOrder(market, draft));
        String digest = TypedData.order(market, draft).digest();
        if (!placed.id().equals(digest)) {
            throw new TraderException("the node calls the order " + placed.id() + ", but what was signed is " + digest);
        }
        return placed;
    }

    /** Returns an order as the API takes it, signed and not sent. */
    public String signedOrder(MarketView market, OrderDraft draft) {
        ObjectNode body = JSON.createObjectNode();
        body.put("vault", market.vaultAccount());
        body.put("market", market.symbol());
        body.put("trader", address());
        body.put("mode", market.mode());
        body.put("side", draft.side());
        body.put("price", plain(draft.price()));
        body.put("quantity", plain(draft.quantity()));
        body.put("nonce", Long.toString(draft.nonce()));
        body.put("issued", draft.issuedSeconds());
        body.put("expiry", draft.expirySeconds());
        market.terms().writeTo(body.putObject("terms"));
        body.put("operatorFeeCap", 0).put("referrerFeeCap", 0);
        body.putArray("flags");
        body.put("wallet", TypedData.NO_WALLET);
        body.put("signature", TypedData.order(market, draft).signature(key));
        return body.toString();
    }

    /** Cancels what remains of an order, with a signature of its own. */
    public OrderView cancel(MarketView market, String orderId) {
        return api.cancel(orderId, TypedData.cancel(market, orderId).signature(key));
    }

    /** Returns what his wallet holds, asked from the chain, in whole tokens. */
    public BigDecimal wallet(Token token) {
        return token.amount(chain.wallet(token, address()));
    }

    /** Returns what his wallet in the vault holds, read from the chain, in whole tokens; without lots of a market. */
    public BigDecimal vault(MarketView market, Token token) {
        BigInteger word = chain.storage(market.vault(), VaultCalls.walletPlace(address(), token));
        return token.amount(VaultCalls.walletAmount(word));
    }

    /** Returns what the node's ledger has for him. */
    public LedgerView ledger(Token token) {
        return api.ledger(address(), token);
    }

    private Receipt send(String contract, String function, Address who, Uint256 amount) {
        return chain.send(key, contract, ChainRpc.call(function, who, amount));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
