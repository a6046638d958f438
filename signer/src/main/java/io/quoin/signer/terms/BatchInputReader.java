package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one batch; the opposite of {@link BatchData}, for data that others may have packed. Used once. */
final class BatchInputReader {
    private static final int WALLET_BIT = 8;

    /** An account to gather before the fills: order, side, a market's two tokens and two lots. */
    private static final int GATHER_BYTES = 2 + 1 + 20 + 20 + 16 + 16;

    /** The two fee caps of an order, basis points. */
    private record Caps(int operator, int referrer) {}

    private final VaultDomain vault;
    private final SettlementMode mode;
    private final PackedReader in;
    private int walletBytes;

    BatchInputReader(VaultDomain vault, byte[] calldata) {
        this.vault = vault;
        this.mode = VaultCalldata.batchMode(calldata);
        this.in = new PackedReader(VaultCalldata.batchBytes(calldata));
    }

    BatchInput read() {
        EvmAddress base = in.address();
        EvmAddress quote = in.address();
        MarketLots lots = new MarketLots(base, quote, in.number(16), in.number(16));
        BigInteger priceScale = in.number(16);
        in.bytes(1); // The cell; the seal's number tells it.
        EscrowTerms terms = terms();
        BatchFees fees = fees();
        long auctionTicks = in.small(5);
        List<InputOrder> orders = orders(lots, priceScale, terms, caps());
        BigInteger tick = lots.tickPrice(priceScale);
        List<BatchInput.Fill> fills = new ArrayList<>();
        int count = in.count(2);
        for (int i = 0; i < count; i++) {
            fills.add(fill(orders, fees, tick, BigInteger.valueOf(auctionTicks)));
        }
        // Accounts to gather move money between places of one owner, and each says so in a log of its own.
        int gathers = in.left() - walletBytes;
        if (gathers < 0 || gathers % GATHER_BYTES != 0) {
            throw new IllegalArgumentException("batch data have " + in.left() + " bytes after the fills");
        }
        return new BatchInput(mode, lots, terms, fees, auctionTicks, fills);
    }

    private EscrowTerms terms() {
        return new EscrowTerms(
                in.small(4),
                in.small(4),
                in.small(4),
                in.small(4),
                in.address(),
                in.count(2),
                in.count(2),
                in.count(2));
    }

    private BatchFees fees() {
        int maker = (short) in.count(2);
        int taker = in.count(2);
        int referrers = in.count(2);
        EvmAddress referrer = in.address();
        return new BatchFees(
                maker, taker, referrers, Optional.of(referrer).filter(account -> referrers != 0 || !account.isZero()));
    }

    private List<Caps> caps() {
        int count = in.count(1);
        List<Caps> caps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            caps.add(new Caps(in.count(2), in.count(2)));
        }
        return caps;
    }

    private List<InputOrder> orders(MarketLots lots, BigInteger priceScale, EscrowTerms terms, List<Caps> caps) {
        MarketTerms market = new MarketTerms(lots.base(), lots.quote(), priceScale);
        BigInteger tick = lots.tickPrice(priceScale);
        int count = in.count(2);
        List<InputOrder> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int flags = in.count(1);
            Caps cap = entry(caps, flags >> 4, "fee caps");
            BigInteger price = in.number(5).multiply(tick);
            BigInteger quantity = in.number(5).multiply(lots.baseLot());
            BigInteger nonce = in.number(5);
            long issued = in.small(4);
            long expiry = in.small(4);
            byte[] signature = in.bytes(EvmSignature.LENGTH - 1);
            Optional<EvmAddress> wallet = wallet(flags, signature);
            OrderTerms unsigned = new OrderTerms(
                    wallet.orElse(EvmAddress.ZERO),
                    mode,
                    market,
                    (flags & 1) == 0 ? OrderSide.BUY : OrderSide.SELL,
                    price,
                    quantity,
                    nonce,
                    issued,
                    expiry,
                    terms,
                    cap.operator(),
                    cap.referrer(),
                    OrderFlag.of((flags >> 1) & 3),
                    wallet);
            orders.add(signed(unsigned, signature));
        }
        return orders;
    }

    /** The contract that signs, when it is one; its signature stands after the fills. */
    private Optional<EvmAddress> wallet(int flags, byte[] signature) {
        if ((flags & WALLET_BIT) == 0) {
            return Optional.empty();
        }
        PackedReader place = new PackedReader(signature);
        place.bytes(12);
        EvmAddress wallet = place.address();
        place.bytes(30);
        walletBytes += place.count(2);
        return Optional.of(wallet);
    }

    private InputOrder signed(OrderTerms unsigned, byte[] signature) {
        Bytes32 digest = OrderTyping.orderDigest(vault, unsigned);
        if (unsigned.wallet().isPresent()) {
            return new InputOrder(digest, unsigned);
        }
        EvmAddress trader = OrderTyping.recover(digest, EvmSignature.ofCompact(signature))
                .orElseThrow(() -> new IllegalArgumentException("an order's signature is of no key"));
        return new InputOrder(digest, unsigned.of(trader));
    }

    private BatchInput.Fill fill(List<InputOrder> orders, BatchFees fees, BigInteger tick, BigInteger auctionTicks) {
        InputOrder buy = entry(orders, in.count(2), "orders");
        InputOrder sell = entry(orders, in.count(2), "orders");
        BigInteger lots = in.number(5);
        int how = in.count(1);
        boolean buyerIsMaker = (how & 1) != 0;
        OrderTerms maker = buyerIsMaker ? buy.order() : sell.order();
        BigInteger ticks = (how & 2) != 0 ? auctionTicks : maker.price().divide(tick);
        return new BatchInput.Fill(buy, sell, buyerIsMaker, FillAmounts.of(lots, ticks, fees, buyerIsMaker));
    }

    private static <T> T entry(List<T> entries, int index, String what) {
        if (index >= entries.size()) {
            throw new IllegalArgumentException(
                    "batch data name number " + index + " of " + entries.size() + " " + what);
        }
        return entries.get(index);
    }
}
