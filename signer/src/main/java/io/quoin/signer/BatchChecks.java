package io.quoin.signer;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.FillAmounts;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules about what a batch does to its orders. The vault checks the same; that the signer does too keeps a node gone
 * wrong from spending the operator's name on it.
 */
final class BatchChecks {
    private static final long REFUND_DELAY_MAX_SECONDS = 30L * 24 * 60 * 60;
    private static final int ALL_BPS = 10_000;

    private BatchChecks() {}

    /** Why the batch breaks that rule, or empty if it does not, or if the rule is not about batches. */
    static Optional<String> broken(SigningRule rule, VaultDomain vault, LockBatch batch, long nowSeconds) {
        return switch (rule) {
            case EVM_CHAIN_MATCHES,
                    EVM_TO_IS_ESCROW_VAULT,
                    EVM_VALUE_ZERO,
                    EVM_CALLDATA_CANONICAL,
                    EVM_FEE_CAP,
                    EVM_GAS_CAP,
                    EVM_PRIORITY_WITHIN_FEE -> Optional.empty();
            case BATCH_TERMS_LOCKABLE -> terms(batch.terms());
            case BATCH_ORDERS_LIVE -> orders(batch, order -> live(order.terms(), nowSeconds));
            case BATCH_TRADERS_DIFFER -> fills(batch, BatchChecks::traders);
            case BATCH_PRICE_WITHIN_LIMITS -> fills(batch, fill -> price(batch, fill));
            case BATCH_FEES_WITHIN_CAPS -> fills(batch, fill -> fees(batch.fees(), fill));
            case BATCH_AMOUNTS_WITHIN_ORDERS ->
                fills(batch, fill -> amounts(batch, fill)).or(() -> quantities(batch));
            case BATCH_ORDERS_SIGNED -> orders(batch, order -> signature(vault, order));
        };
    }

    private static Optional<String> terms(EscrowTerms terms) {
        if (terms.refundDelaySeconds() < 1 || terms.refundDelaySeconds() > REFUND_DELAY_MAX_SECONDS) {
            return Optional.of("the refund delay " + terms.refundDelaySeconds() + " is not from 1 second to 30 days");
        }
        if (terms.fallbackToBuyerBps() > ALL_BPS) {
            return Optional.of("the buyer's share " + terms.fallbackToBuyerBps() + " is above " + ALL_BPS);
        }
        return unless(
                terms.buyerBondBps() == 0 && terms.sellerBondBps() == 0,
                "a bond has no meaning where both legs are in the vault");
    }

    private static Optional<String> live(OrderTerms order, long nowSeconds) {
        return unless(
                order.expirySeconds() >= nowSeconds,
                "an order of " + order.trader() + " expired at " + order.expirySeconds() + ", it is " + nowSeconds);
    }

    private static Optional<String> traders(BatchFill fill) {
        OrderTerms buy = fill.buy().terms();
        return unless(!buy.trader().equals(fill.sell().terms().trader()), buy.trader() + " would trade with himself");
    }

    private static Optional<String> price(LockBatch batch, BatchFill fill) {
        OrderTerms buy = fill.buy().terms();
        OrderTerms sell = fill.sell().terms();
        OrderTerms maker = fill.buyerIsMaker() ? buy : sell;
        OrderTerms taker = fill.buyerIsMaker() ? sell : buy;
        boolean postOnly = taker.flags().contains(OrderFlag.POST_ONLY)
                || (fill.atAuctionPrice() && maker.flags().contains(OrderFlag.POST_ONLY));
        if (postOnly) {
            return Optional.of("an order that signs POST_ONLY would not be maker");
        }
        BigInteger price = ticks(batch, fill).multiply(tick(batch));
        return unless(
                price.compareTo(buy.price()) <= 0 && price.compareTo(sell.price()) >= 0,
                "the price " + price + " is outside the limits " + buy.price() + " of the buyer and " + sell.price()
                        + " of the seller");
    }

    private static Optional<String> fees(BatchFees fees, BatchFill fill) {
        OrderTerms maker = (fill.buyerIsMaker() ? fill.buy() : fill.sell()).terms();
        OrderTerms taker = (fill.buyerIsMaker() ? fill.sell() : fill.buy()).terms();
        boolean within = fees.makerBps() <= maker.operatorFeeCapBps()
                && fees.takerBps() <= taker.operatorFeeCapBps()
                && fees.referrerBps() <= taker.referrerFeeCapBps();
        if (!within) {
            return Optional.of("the rates " + fees.makerBps() + ", " + fees.takerBps() + " and " + fees.referrerBps()
                    + " are above the caps " + maker.operatorFeeCapBps() + ", " + taker.operatorFeeCapBps() + " and "
                    + taker.referrerFeeCapBps());
        }
        return unless(-fees.makerBps() <= fees.takerBps(), "the maker's rebate is above the taker's fee");
    }

    private static Optional<String> amounts(LockBatch batch, BatchFill fill) {
        try {
            FillAmounts.of(fill.lots(), ticks(batch, fill), batch.fees(), fill.buyerIsMaker());
            return Optional.empty();
        } catch (IllegalArgumentException impossible) {
            return Optional.of(String.valueOf(impossible.getMessage()));
        }
    }

    private static Optional<String> quantities(LockBatch batch) {
        Map<SignedOrder, BigInteger> filled = new HashMap<>();
        for (BatchFill fill : batch.fills()) {
            BigInteger units = fill.lots().multiply(batch.lots().baseLot());
            filled.merge(fill.buy(), units, BigInteger::add);
            filled.merge(fill.sell(), units, BigInteger::add);
        }
        return orders(
                batch,
                order -> unless(
                        filled.getOrDefault(order, BigInteger.ZERO)
                                        .compareTo(order.terms().quantity())
                                <= 0,
                        "the fills of an order of " + order.terms().trader() + " are more than its quantity "
                                + order.terms().quantity()));
    }

    private static Optional<String> signature(VaultDomain vault, SignedOrder order) {
        if (order.terms().wallet().isPresent()) {
            return Optional.empty();
        }
        Bytes32 digest = OrderTyping.orderDigest(vault, order.terms());
        return unless(
                OrderTyping.recover(digest, order.signature())
                        .equals(Optional.of(order.terms().trader())),
                "order " + digest + " is not signed by " + order.terms().trader());
    }

    /** The price of a fill, quote lots for one base lot. */
    private static BigInteger ticks(LockBatch batch, BatchFill fill) {
        SignedOrder maker = fill.buyerIsMaker() ? fill.buy() : fill.sell();
        return fill.atAuctionPrice()
                ? BigInteger.valueOf(batch.auctionTicks())
                : maker.terms().price().divide(tick(batch));
    }

    private static BigInteger tick(LockBatch batch) {
        return batch.lots().tickPrice(batch.priceScale());
    }

    private static Optional<String> orders(LockBatch batch, Function<SignedOrder, Optional<String>> rule) {
        return batch.orders().stream().map(rule).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> fills(LockBatch batch, Function<BatchFill, Optional<String>> rule) {
        return batch.fills().stream().map(rule).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> unless(boolean kept, String explanation) {
        return kept ? Optional.empty() : Optional.of(explanation);
    }
}
