package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Packs a batch as {@code lock} and {@code settle} take it; docs/contracts.md has the layout. */
final class BatchData {
    private static final int CAPS_MAX = 16;

    /** The two fee caps of an order, basis points. */
    private record Caps(int operator, int referrer) {
        static Caps of(SignedOrder order) {
            return new Caps(order.terms().operatorFeeCapBps(), order.terms().referrerFeeCapBps());
        }
    }

    private final LockBatch batch;
    private final List<SignedOrder> orders;
    private final List<Caps> caps;
    private final BigInteger tick;
    private final PackedBytes out = new PackedBytes();

    private BatchData(LockBatch batch) {
        this.batch = batch;
        this.orders = batch.orders();
        this.caps = orders.stream().map(Caps::of).distinct().toList();
        this.tick = batch.lots().tickPrice(batch.priceScale());
    }

    /** The bytes of that batch; {@link IllegalArgumentException} for more than 16 pairs of fee caps. */
    static byte[] pack(LockBatch batch) {
        BatchData data = new BatchData(batch);
        if (data.caps.size() > CAPS_MAX) {
            throw new IllegalArgumentException(
                    "a batch has at most " + CAPS_MAX + " pairs of fee caps, not " + data.caps.size());
        }
        data.header();
        data.orders();
        data.fills();
        data.walletSignatures();
        return data.out.toBytes();
    }

    private void header() {
        MarketLots lots = batch.lots();
        out.address(lots.base())
                .address(lots.quote())
                .number(lots.baseLot(), 16)
                .number(lots.quoteLot(), 16);
        out.number(batch.priceScale(), 16).number(batch.cell(), 1);
        EscrowTerms terms = batch.terms();
        out.number(terms.arbiterId(), 4)
                .number(terms.paymentWindowSeconds(), 4)
                .number(terms.refundDelaySeconds(), 4)
                .number(terms.disputeBoundSeconds(), 4)
                .address(terms.fallbackArbiter())
                .number(terms.fallbackToBuyerBps(), 2)
                .number(terms.buyerBondBps(), 2)
                .number(terms.sellerBondBps(), 2);
        BatchFees fees = batch.fees();
        out.number(fees.makerBps() & 0xffff, 2)
                .number(fees.takerBps(), 2)
                .number(fees.referrerBps(), 2)
                .address(fees.referrer().orElse(EvmAddress.ZERO))
                .number(batch.auctionTicks(), 5)
                .number(caps.size(), 1);
        caps.forEach(cap -> out.number(cap.operator(), 2).number(cap.referrer(), 2));
    }

    private void orders() {
        out.number(orders.size(), 2);
        for (SignedOrder order : orders) {
            OrderTerms terms = order.terms();
            int flags = terms.side().code()
                    | OrderFlag.bits(terms.flags()) << 1
                    | (terms.wallet().isPresent() ? 8 : 0)
                    | caps.indexOf(Caps.of(order)) << 4;
            out.number(flags, 1)
                    .number(terms.price().divide(tick), 5)
                    .number(terms.quantity().divide(batch.lots().baseLot()), 5)
                    .number(terms.nonce(), 5)
                    .number(terms.issuedSeconds(), 4)
                    .number(terms.expirySeconds(), 4);
            terms.wallet()
                    .ifPresentOrElse(
                            this::wallet, () -> out.bytes(order.signature().compact()));
        }
    }

    /** A wallet's address, and the length of its signature, where a key's signature would be. */
    private void wallet(EvmAddress wallet) {
        out.number(0, 12).address(wallet).number(EvmSignature.LENGTH, 32);
    }

    private void fills() {
        Map<SignedOrder, Integer> places = new HashMap<>();
        orders.forEach(order -> places.put(order, places.size()));
        out.number(batch.fills().size(), 2);
        for (BatchFill fill : batch.fills()) {
            int how = (fill.buyerIsMaker() ? 1 : 0) | (fill.atAuctionPrice() ? 2 : 0);
            out.number(places.getOrDefault(fill.buy(), 0), 2)
                    .number(places.getOrDefault(fill.sell(), 0), 2)
                    .number(fill.lots(), 5)
                    .number(how, 1);
        }
    }

    private void walletSignatures() {
        orders.stream()
                .filter(order -> order.terms().wallet().isPresent())
                .forEach(order -> out.bytes(order.signature().bytes()));
    }
}
