package io.quoin.node.order;

import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.market.SettlementTerms;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks an order before anything else sees it. Every check here is repeated by the vault when it locks; the door
 * says it sooner, for free and in words. Throws {@link RefusedException} and has changed nothing then. Thread-safe.
 */
public final class OrderDoor {
    /** How far a trader's clock may be ahead of the node's, in seconds. */
    public static final long ISSUED_AHEAD_MAX_SECONDS = 30;

    /** The vault counts ticks, lots and quote lots in so many bits. */
    private static final int LOT_BITS = 40;
    /** The vault's times in batch data. */
    private static final int TIME_BITS = 32;

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
        Signatures.requireVault(request.vault(), market.vault(), "the order");
        long ticks = market.ticks(request.price());
        long lots = market.lots(request.quantity());
        requireSize(ticks, lots);
        requireTerms(request, market.terms());
        requireKey(request.wallet());
        OrderTerms terms = terms(request, market, ticks, lots);
        requireOffered(terms.flags());
        requireRestingKind(terms.nonce());
        Bytes32 id = OrderTyping.orderDigest(market.vault(), terms);
        EvmSignature signature = Signatures.parse(request.signature());
        Signatures.requireSigner(id, signature, terms.trader(), market.vault(), "this order");
        requireTimes(terms);
        return new SubmittedOrder(id, market, new SignedOrder(terms, signature), ticks, lots);
    }

    /** Checks that the trader signed the cancellation of an order. */
    public static void requireCancelSignature(VaultDomain vault, Bytes32 order, EvmAddress trader, String signature) {
        Signatures.requireSigner(
                OrderTyping.cancelDigest(vault, order),
                Signatures.parse(signature),
                trader,
                vault,
                "CancelOrder(bytes32 order) of this order");
    }

    private static OrderTerms terms(OrderRequest request, Market market, long ticks, long lots) {
        return new OrderTerms(
                Signatures.address("trader", request.trader()),
                market.terms().mode(),
                market.signedTerms(),
                OrderSide.valueOf(request.side()),
                market.price(ticks),
                market.quantity(lots),
                nonce(request.nonce()),
                request.issued(),
                request.expiry(),
                market.terms().escrow(),
                request.operatorFeeCap(),
                request.referrerFeeCap(),
                request.flags().stream().map(OrderFlag::valueOf).collect(Collectors.toUnmodifiableSet()),
                Optional.empty());
    }

    private static void requireSize(long ticks, long lots) {
        BigInteger quoteLots = BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(lots));
        // Neither factor is above the product, since both are positive.
        if (quoteLots.bitLength() > LOT_BITS) {
            throw new RefusedException(
                    RefusalCode.AMOUNT_TOO_LARGE,
                    "price times quantity is " + quoteLots + " ticks times lots, and the vault counts to 2^" + LOT_BITS
                            + "-1; place several smaller orders");
        }
    }

    /** Bonds are the market's too, and zero: both legs of its fills lie in the vault. */
    private static void requireTerms(OrderRequest order, SettlementTerms market) {
        OrderRequest.Terms terms = order.terms();
        EscrowTerms required = market.escrow();
        requireEqual("mode", order.mode(), market.mode().name());
        requireEqual("terms.arbiterId", terms.arbiterId(), required.arbiterId());
        requireEqual("terms.paymentWindow", terms.paymentWindow(), required.paymentWindowSeconds());
        requireEqual("terms.refundDelay", terms.refundDelay(), required.refundDelaySeconds());
        requireEqual("terms.disputeBound", terms.disputeBound(), required.disputeBoundSeconds());
        requireEqual(
                "terms.fallbackArbiter",
                Signatures.address("terms.fallbackArbiter", terms.fallbackArbiter()),
                required.fallbackArbiter());
        requireEqual("terms.fallbackToBuyer", terms.fallbackToBuyer(), required.fallbackToBuyerBps());
        requireEqual("terms.buyerBond", terms.buyerBond(), required.buyerBondBps());
        requireEqual("terms.sellerBond", terms.sellerBond(), required.sellerBondBps());
    }

    private static void requireEqual(String term, Object signed, Object required) {
        if (!signed.equals(required)) {
            throw new RefusedException(
                    RefusalCode.WRONG_TERMS,
                    term + " is " + signed + ", this market's is " + required + "; sign the terms of GET /v1/markets");
        }
    }

    private static void requireKey(String wallet) {
        if (!Signatures.address("wallet", wallet).isZero()) {
            throw new RefusedException(
                    RefusalCode.WALLET_NOT_OFFERED,
                    "orders of contract wallets (EIP-1271) are not offered yet; sign with a key's account, with wallet "
                            + EvmAddress.ZERO);
        }
    }

    private static void requireOffered(Set<OrderFlag> flags) {
        if (flags.contains(OrderFlag.SLIDE)) {
            throw new RefusedException(
                    RefusalCode.FLAG_NOT_OFFERED, "SLIDE is not offered yet; sign the order without it");
        }
    }

    /** Every order of the node may rest in its book and fill in parts. */
    private static void requireRestingKind(BigInteger nonce) {
        if (!OrderNonce.isManyBatches(nonce)) {
            throw new RefusedException(
                    RefusalCode.WRONG_NONCE_KIND,
                    "nonce " + nonce + " is not of the kind that fills over many batches, and this order may rest;"
                            + " sign one from 2^39 = " + OrderNonce.manyBatches(0) + " to 2^40-1");
        }
    }

    private void requireTimes(OrderTerms order) {
        long now = clock.instant().getEpochSecond();
        long ahead = order.issuedSeconds() - now;
        if (ahead > ISSUED_AHEAD_MAX_SECONDS) {
            throw new RefusedException(
                    RefusalCode.ISSUED_IN_FUTURE,
                    "the order is issued " + ahead + " s from now, at most " + ISSUED_AHEAD_MAX_SECONDS
                            + " s are taken; sign it with the time of signing, serverTime of GET /v1/markets is the"
                            + " node's");
        }
        requireExpiry(order.expirySeconds(), now);
    }

    private static void requireExpiry(long expirySeconds, long now) {
        long left = expirySeconds - now;
        if (left <= SubmittedOrder.LOCK_MARGIN_SECONDS) {
            throw new RefusedException(
                    RefusalCode.ORDER_EXPIRED,
                    (left < 0 ? "the order expired " + -left + " s ago" : "the order expires in " + left + " s")
                            + "; at least " + (SubmittedOrder.LOCK_MARGIN_SECONDS + 1)
                            + " s must be left, so that a fill can be locked in time");
        }
        if (expirySeconds >>> TIME_BITS != 0) {
            throw new RefusedException(
                    RefusalCode.MALFORMED_REQUEST,
                    "expiry " + expirySeconds + " is not within the vault's 2^32-1; sign an earlier one");
        }
    }

    private static BigInteger nonce(BigInteger nonce) {
        if (nonce.signum() < 0 || nonce.bitLength() > Long.SIZE) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, "nonce " + nonce + " is not within 0 and 2^64-1");
        }
        return nonce;
    }
}
