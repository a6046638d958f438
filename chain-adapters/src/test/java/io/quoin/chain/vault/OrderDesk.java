package io.quoin.chain.vault;

import io.quoin.contracts.IVaultCases;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.MarketTerms;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.Credentials;

/** Signs orders as traders do: mostly good ones. */
final class OrderDesk {
    static final BigInteger PRICE_SCALE = BigInteger.TEN.pow(18);

    /** Quote lots for one base lot. */
    static final int FAIR_PRICE = 2_500;

    private static final int SPREAD = 25;
    private static final int CAP = 20;

    private final Life life;
    private long numbers = 40;

    OrderDesk(Life life) {
        this.life = life;
    }

    /** A nonce's number that no order had before. */
    long number() {
        return ++numbers;
    }

    SignedOrder order(
            Credentials owner, OrderSide side, SettlementMode mode, EscrowTerms agreed, long lots, BigInteger nonce) {
        int better = life.once(80) ? -SPREAD : life.random.nextInt(SPREAD);
        long ticks = side == OrderSide.BUY ? FAIR_PRICE + better : FAIR_PRICE - better;
        long now = life.chain.time();
        OrderTerms terms = new OrderTerms(
                Life.address(owner),
                mode,
                new MarketTerms(life.base, life.quote, PRICE_SCALE),
                side,
                life.lots.tickPrice(PRICE_SCALE).multiply(BigInteger.valueOf(ticks)),
                life.lots.baseLot().multiply(BigInteger.valueOf(life.once(30) ? Math.max(1, lots / 2) : lots)),
                nonce,
                now - life.random.nextInt(4_000),
                life.once(25) ? now : now + 200 + life.random.nextInt(20_000),
                agreed,
                CAP,
                CAP,
                life.once(80) ? Set.of(OrderFlag.POST_ONLY) : Set.of(),
                Optional.empty());
        return new SignedOrder(terms, TypedMessages.sign(owner, OrderTyping.orderDigest(life.domain, terms)));
    }

    IVaultCases.Lots lots() {
        return new IVaultCases.Lots(life.base.hex(), life.quote.hex(), life.lots.baseLot(), life.lots.quoteLot());
    }

    IVaultCases.Terms terms(EscrowTerms terms) {
        return new IVaultCases.Terms(
                BigInteger.valueOf(terms.arbiterId()),
                BigInteger.valueOf(terms.paymentWindowSeconds()),
                BigInteger.valueOf(terms.refundDelaySeconds()),
                BigInteger.valueOf(terms.disputeBoundSeconds()),
                terms.fallbackArbiter().hex(),
                BigInteger.valueOf(terms.fallbackToBuyerBps()),
                BigInteger.valueOf(terms.buyerBondBps()),
                BigInteger.valueOf(terms.sellerBondBps()));
    }

    IVaultCases.Order order(OrderTerms order) {
        EvmAddress wallet = order.wallet().orElse(EvmAddress.ZERO);
        return new IVaultCases.Order(
                BigInteger.valueOf(order.mode().code()),
                new IVaultCases.Market(life.base.hex(), life.quote.hex(), PRICE_SCALE),
                BigInteger.valueOf(order.side().code()),
                order.price(),
                order.quantity(),
                order.nonce(),
                BigInteger.valueOf(order.issuedSeconds()),
                BigInteger.valueOf(order.expirySeconds()),
                terms(order.terms()),
                BigInteger.valueOf(order.operatorFeeCapBps()),
                BigInteger.valueOf(order.referrerFeeCapBps()),
                BigInteger.valueOf(OrderFlag.bits(order.flags())),
                wallet.hex());
    }
}
