package io.quoin.chain.vault;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.SettlementMode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The model's escrows of one fill: disputed fills of batches, P2P legs and hash-locked legs. */
final class Escrows {
    /** How far an escrow is; the vault's codes are the same numbers. */
    enum State {
        LOCKED(1),
        PAID(2),
        DISPUTED(3),
        ENDED(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** One escrow; amounts are lots. */
    static final class Escrow {
        final SettlementMode mode;
        final EscrowTerms terms;
        final EvmAddress buyer;
        final EvmAddress seller;
        final long base;
        final long pay;
        final long get;
        final long referrerFee;
        final Optional<EvmAddress> referrer;
        final long buyerBond;
        final long sellerBond;
        final long deadline;
        State state = State.LOCKED;
        long until;

        private Escrow(
                SettlementMode mode, EscrowTerms terms, Fill fill, Optional<EvmAddress> referrer, long deadline) {
            this.mode = mode;
            this.terms = terms;
            this.buyer = fill.buyer();
            this.seller = fill.seller();
            this.base = fill.base();
            this.pay = fill.pay();
            this.get = fill.get();
            this.referrerFee = fill.referrerFee();
            this.referrer = referrer;
            this.buyerBond = mode == SettlementMode.ESCROW ? 0 : base * terms.buyerBondBps() / UNIT;
            this.sellerBond = mode == SettlementMode.ESCROW ? 0 : base * terms.sellerBondBps() / UNIT;
            this.deadline = deadline;
        }

        boolean isParty(EvmAddress account) {
            return account.equals(buyer) || account.equals(seller);
        }
    }

    /** A one-leg fill as the operator sends it. */
    record Leg(OrderTerms buy, OrderTerms sell, long lots, boolean buyerIsMaker) {}

    /** The hash lock of a leg. */
    record HashLock(Bytes32 hash, long refundFrom) {}

    private static final int UNIT = 10_000;

    private final VaultModel model;
    private final MarketLots lots;
    private final EvmAddress operator;
    private final EvmAddress arbiter;
    private final Function<OrderTerms, Bytes32> orderId;
    private final Set<Bytes32> usedHashes = new HashSet<>();
    final List<Escrow> all = new ArrayList<>();

    Escrows(
            VaultModel model,
            MarketLots lots,
            EvmAddress operator,
            EvmAddress arbiter,
            Function<OrderTerms, Bytes32> orderId) {
        this.model = model;
        this.lots = lots;
        this.operator = operator;
        this.arbiter = arbiter;
        this.orderId = orderId;
    }

    /** All of the token that escrows hold. */
    BigInteger sum(EvmAddress token) {
        boolean isBase = token.equals(lots.base());
        return all.stream()
                .filter(escrow -> escrow.state != State.ENDED)
                .map(escrow -> isBase
                        ? units(lots.baseLot(), escrow.base + escrow.buyerBond + escrow.sellerBond)
                        : units(lots.quoteLot(), escrow.pay))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** A party takes a fill out of its batch; {@code signer} is a party, or signed nothing. */
    Escrow disputeFill(long now, Batches.Batch batch, Fill fill, EvmAddress signer) {
        model.checkDisputable(batch, fill);
        Escrow escrow = new Escrow(SettlementMode.ESCROW, batch.terms, fill, batch.fees.referrer(), batch.deadline);
        beginDispute(now, escrow, signer);
        model.depart(fill);
        all.add(escrow);
        return escrow;
    }

    /** A one-leg fill in mode P2P, or in mode SWAP with its hash lock. */
    Escrow lockSingle(long now, EvmAddress caller, Leg leg, Optional<HashLock> hashLock) {
        OrderTerms buy = leg.buy();
        OrderTerms sell = leg.sell();
        Refused.unless(caller.equals(operator), "NotOperator");
        Refused.unless(!model.wallets.paused(), "MarketNotListed");
        OrderTerms maker = leg.buyerIsMaker() ? buy : sell;
        OrderTerms taker = leg.buyerIsMaker() ? sell : buy;
        Refused.unless(!taker.flags().contains(OrderFlag.POST_ONLY), "TakerPostOnly");
        boolean inside =
                buy.price().compareTo(maker.price()) >= 0 && sell.price().compareTo(maker.price()) <= 0;
        Refused.unless(inside, "PriceOutsideLimit");
        Refused.unless(buy.expirySeconds() >= now && sell.expirySeconds() >= now, "SignatureExpired");
        Refused.unless(!buy.trader().equals(sell.trader()), "SelfTrade");
        long bought = taken(buy, leg.lots());
        long sold = taken(sell, leg.lots());
        long deadline = now + buy.terms().refundDelaySeconds();
        if (hashLock.isPresent()) {
            long refundFrom = hashLock.get().refundFrom();
            Refused.unless(refundFrom > now && refundFrom <= deadline, "PastDeadline");
            Refused.unless(!usedHashes.contains(hashLock.get().hash()), "HashUsed");
            deadline = refundFrom;
        }
        Fill fill = new Fill(buy.trader(), sell.trader(), leg.lots(), 0, 0, 0);
        Escrow escrow = new Escrow(buy.mode(), buy.terms(), fill, Optional.empty(), deadline);
        Refused.unless(hashLock.isPresent() || hasJudge(escrow), "NoArbiter");
        checkPayer(now, buy, escrow.buyerBond);
        checkPayer(now, sell, escrow.base + escrow.sellerBond);
        model.wallets.debit(escrow.buyer, lots.base(), units(lots.baseLot(), escrow.buyerBond));
        model.wallets.debit(escrow.seller, lots.base(), units(lots.baseLot(), escrow.base + escrow.sellerBond));
        model.account(OrderSide.BUY, escrow.buyer).count(buy.nonce(), orderId.apply(buy), bought);
        model.account(OrderSide.SELL, escrow.seller).count(sell.nonce(), orderId.apply(sell), sold);
        hashLock.ifPresent(lock -> usedHashes.add(lock.hash()));
        all.add(escrow);
        return escrow;
    }

    void dispute(long now, Escrow escrow, EvmAddress signer) {
        Refused.unless(escrow.state == State.LOCKED || escrow.state == State.PAID, "WrongState");
        Refused.unless(escrow.mode != SettlementMode.SWAP, "WrongMode");
        beginDispute(now, escrow, signer);
    }

    void award(long now, EvmAddress caller, Escrow escrow, int quoteToBuyer, int baseToBuyer) {
        Refused.unless(escrow.state == State.DISPUTED, "WrongState");
        boolean first = now <= escrow.until;
        EvmAddress judge = first ? arbiter : escrow.terms.fallbackArbiter();
        Refused.unless(caller.equals(judge) && !escrow.isParty(judge), "WrongSigner");
        Refused.unless(first || now <= escrow.until + escrow.terms.disputeBoundSeconds(), "PastDeadline");
        finish(escrow, quoteToBuyer, baseToBuyer, false);
    }

    void fallBack(long now, Escrow escrow) {
        Refused.unless(escrow.state == State.DISPUTED, "WrongState");
        boolean second = !escrow.terms.fallbackArbiter().isZero();
        Refused.unless(now > escrow.until + (second ? escrow.terms.disputeBoundSeconds() : 0), "TooEarly");
        finish(escrow, escrow.terms.fallbackToBuyerBps(), escrow.terms.fallbackToBuyerBps(), false);
    }

    /** @param signers who signed in the places of buyer, seller and arbiter; empty places are absent */
    void closeTogether(long now, Escrow escrow, List<Optional<EvmAddress>> signers, int quoteToBuyer, int baseToBuyer) {
        Refused.unless(escrow.state != State.ENDED, "WrongState");
        boolean judged = escrow.state == State.DISPUTED && now <= escrow.until;
        int count = signed(signers.get(0), escrow.buyer) + signed(signers.get(1), escrow.seller);
        count += judged ? signed(signers.get(2), arbiter) : 0;
        Refused.unless(count >= 2, "TooFewSigners");
        finish(escrow, quoteToBuyer, baseToBuyer, false);
    }

    void markPaid(long now, Escrow escrow, EvmAddress signer) {
        Refused.unless(escrow.mode == SettlementMode.P2P, "WrongMode");
        Refused.unless(escrow.state == State.LOCKED, "WrongState");
        long window = escrow.terms.paymentWindowSeconds();
        long until = window == 0 ? escrow.deadline : escrow.deadline - escrow.terms.refundDelaySeconds() + window;
        Refused.unless(now < until, "PastDeadline");
        Refused.unless(signer.equals(escrow.buyer), "WrongSigner");
        escrow.state = State.PAID;
    }

    void redeem(long now, Escrow escrow, boolean rightPreimage) {
        Refused.unless(escrow.mode == SettlementMode.SWAP, "WrongMode");
        Refused.unless(escrow.state == State.LOCKED, "WrongState");
        Refused.unless(now < escrow.deadline, "PastDeadline");
        Refused.unless(rightPreimage, "WrongPreimage");
        finish(escrow, 0, UNIT, false);
    }

    /** R6, R7: a P2P buyer who did not mark his payment loses his bond. */
    void refund(long now, Escrow escrow) {
        Refused.unless(escrow.state == State.LOCKED, "WrongState");
        Refused.unless(now >= escrow.deadline, "TooEarly");
        finish(escrow, UNIT, 0, escrow.mode == SettlementMode.P2P);
    }

    private void beginDispute(long now, Escrow escrow, EvmAddress signer) {
        Refused.unless(escrow.state == State.PAID || now < escrow.deadline, "PastDeadline");
        Refused.unless(escrow.isParty(signer), "WrongSigner");
        Refused.unless(hasJudge(escrow), "NoArbiter");
        escrow.state = State.DISPUTED;
        escrow.until = now + escrow.terms.disputeBoundSeconds();
    }

    private boolean hasJudge(Escrow escrow) {
        return !escrow.isParty(arbiter) && escrow.terms.disputeBoundSeconds() != 0;
    }

    private void finish(Escrow escrow, int quoteToBuyer, int baseToBuyer, boolean buyerForfeits) {
        Refused.unless(quoteToBuyer <= UNIT && baseToBuyer <= UNIT, "BadTerms");
        escrow.state = State.ENDED;
        escrow.until = 0;
        long buyerBase = escrow.base * baseToBuyer / UNIT;
        long buyerBond = buyerForfeits ? 0 : escrow.buyerBond;
        long sellerBonds = escrow.buyerBond + escrow.sellerBond - buyerBond;
        pay(escrow.buyer, lots.base(), lots.baseLot(), buyerBase + buyerBond);
        pay(escrow.seller, lots.base(), lots.baseLot(), escrow.base - buyerBase + sellerBonds);
        int forth = UNIT - quoteToBuyer;
        long get = escrow.get * forth / UNIT;
        long referrers = escrow.referrerFee * forth / UNIT;
        long operators = (escrow.pay - escrow.get - escrow.referrerFee) * forth / UNIT;
        pay(escrow.buyer, lots.quote(), lots.quoteLot(), escrow.pay - get - referrers - operators);
        pay(escrow.seller, lots.quote(), lots.quoteLot(), get);
        escrow.referrer.ifPresent(referrer -> model.earn(referrer, referrers));
        model.earn(operator, operators);
    }

    private long taken(OrderTerms order, long lotsOfLeg) {
        long before = model.account(order.side(), order.trader()).filled(order.nonce(), orderId.apply(order));
        Refused.unless(before >= 0, "NonceUsed");
        long quantity = order.quantity().divide(lots.baseLot()).longValueExact();
        Refused.unless(before <= quantity - lotsOfLeg, "Overfilled");
        return before + lotsOfLeg;
    }

    private void checkPayer(long now, OrderTerms order, long amount) {
        boolean mayLock = model.wallets.mayLock(now, order.trader(), lots.base(), order.issuedSeconds());
        Refused.unless(mayLock, "Exiting");
        BigInteger has = model.wallets.amount(order.trader(), lots.base());
        Refused.unless(has.compareTo(units(lots.baseLot(), amount)) >= 0, "InsufficientBalance");
    }

    private void pay(EvmAddress owner, EvmAddress token, BigInteger lot, long amount) {
        model.wallets.credit(owner, token, units(lot, amount));
    }

    private static int signed(Optional<EvmAddress> signer, EvmAddress expected) {
        signer.ifPresent(account -> Refused.unless(account.equals(expected), "WrongSigner"));
        return signer.isPresent() ? 1 : 0;
    }

    private static BigInteger units(BigInteger lot, long amount) {
        return lot.multiply(BigInteger.valueOf(amount));
    }
}
