package io.quoin.node.order;

import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.market.SettlementTerms;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks an order before anything else sees it. Every check here is repeated by the vault when it locks; the door
 * says it sooner, for free and in words. Throws {@link RefusedException} and has changed nothing then. Thread-safe.
 */
public final class OrderDoor {
    /** The vault's own bound: nothing larger fits its amounts. */
    private static final int AMOUNT_BITS = 128;

    private final Markets markets;
    private final InstantSource clock;

    /** Makes a door to these markets. */
    public OrderDoor(Markets markets, InstantSource clock) {
        this.markets = markets;
        this.clock = clock;
    }

    /** Checks a request and returns the order that it is. */
    public SubmittedOrder admit(OrderRequest request) {
        Market market = markets.bySymbol(request.market());
        requireVault(request.vault(), market.vault());
        long ticks = market.ticks(request.price());
        long lots = market.lots(request.quantity());
        if (market.cost(ticks, lots).bitLength() > AMOUNT_BITS) {
            throw new RefusedException(RefusalCode.AMOUNT_TOO_LARGE, "price times quantity is beyond 2^128 base units");
        }
        OrderTerms terms = terms(request, market, ticks, lots);
        requireTerms(terms, market.terms());
        requireOffered(terms.flags());
        Bytes32 id = OrderTyping.orderDigest(market.vault(), terms);
        EvmSignature signature = signature(request.signature());
        requireSigner(id, signature, terms.trader(), market.vault(), "this order");
        requireTime(terms.expirySeconds());
        return new SubmittedOrder(id, market, new SignedOrder(terms, signature), ticks, lots);
    }

    /** Checks that the trader signed the cancellation of an order. */
    public static void requireCancelSignature(VaultDomain vault, Bytes32 order, EvmAddress trader, String signature) {
        requireSigner(
                OrderTyping.cancelDigest(vault, order),
                signature(signature),
                trader,
                vault,
                "CancelOrder(bytes32 order) of this order");
    }

    private static OrderTerms terms(OrderRequest request, Market market, long ticks, long lots) {
        return new OrderTerms(
                address(request.trader()),
                SettlementMode.valueOf(request.mode()),
                market.signedTerms(),
                OrderSide.valueOf(request.side()),
                market.price(ticks),
                market.quantity(lots),
                nonce(request.nonce()),
                request.expiry(),
                request.arbiterId(),
                request.paymentWindow(),
                request.refundDelay(),
                request.disputeBound(),
                request.operatorFeeCap(),
                request.referrerFeeCap(),
                request.flags().stream().map(OrderFlag::valueOf).collect(Collectors.toUnmodifiableSet()));
    }

    private static void requireVault(String named, VaultDomain vault) {
        ChainAccount account;
        try {
            account = ChainAccount.parse(named);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, "vault: " + e.getMessage());
        }
        if (!account.chain().equals(vault.chain())) {
            throw new RefusedException(
                    RefusalCode.WRONG_CHAIN,
                    "the order is for chain " + account.chain() + ", this market settles on " + vault.chain()
                            + "; sign it in the domain that GET /v1/markets names");
        }
        if (!account.address().equals(vault.vault())) {
            throw new RefusedException(
                    RefusalCode.WRONG_VAULT,
                    "the order is for the vault " + account.address() + ", this market's is " + vault.vault()
                            + "; sign it in the domain that GET /v1/markets names");
        }
    }

    private static void requireTerms(OrderTerms order, SettlementTerms market) {
        requireEqual("mode", order.mode(), market.mode());
        requireEqual("arbiterId", order.arbiterId(), market.arbiterId());
        requireEqual("paymentWindow", order.paymentWindowSeconds(), market.paymentWindow());
        requireEqual("refundDelay", order.refundDelaySeconds(), market.refundDelay());
        requireEqual("disputeBound", order.disputeBoundSeconds(), market.disputeBound());
    }

    private static void requireEqual(String term, Object signed, Object required) {
        if (!signed.equals(required)) {
            throw new RefusedException(
                    RefusalCode.WRONG_TERMS,
                    term + " is " + signed + ", this market's is " + required + "; sign the terms of GET /v1/markets");
        }
    }

    private static void requireOffered(Set<OrderFlag> flags) {
        if (flags.contains(OrderFlag.SLIDE)) {
            throw new RefusedException(
                    RefusalCode.FLAG_NOT_OFFERED, "SLIDE is not offered yet; sign the order without it");
        }
    }

    private void requireTime(long expirySeconds) {
        long left = expirySeconds - clock.instant().getEpochSecond();
        if (left <= SubmittedOrder.LOCK_MARGIN_SECONDS) {
            throw new RefusedException(
                    RefusalCode.ORDER_EXPIRED,
                    (left < 0 ? "the order expired " + -left + " s ago" : "the order expires in " + left + " s")
                            + "; at least " + (SubmittedOrder.LOCK_MARGIN_SECONDS + 1)
                            + " s must be left, so that a fill can be locked in time");
        }
    }

    private static void requireSigner(
            Bytes32 digest, EvmSignature signature, EvmAddress trader, VaultDomain vault, String what) {
        boolean right =
                OrderTyping.recover(digest, signature).filter(trader::equals).isPresent();
        if (!right) {
            throw new RefusedException(
                    RefusalCode.WRONG_SIGNATURE,
                    "the signature is not " + trader.checksummed() + "'s over " + what
                            + "; expected EIP-712 in domain {"
                            + VaultDomain.NAME + ", version " + VaultDomain.VERSION + ", chain id "
                            + vault.chain().eip155Id() + ", contract "
                            + vault.vault().checksummed() + "}, digest "
                            + digest);
        }
    }

    private static EvmSignature signature(String text) {
        try {
            return EvmSignature.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.WRONG_SIGNATURE, String.valueOf(e.getMessage()));
        }
    }

    private static EvmAddress address(String text) {
        try {
            return EvmAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, "trader: " + e.getMessage());
        }
    }

    private static BigInteger nonce(BigInteger nonce) {
        if (nonce.signum() < 0 || nonce.bitLength() > 64) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, "nonce " + nonce + " is not within 0 and 2^64-1");
        }
        return nonce;
    }
}
