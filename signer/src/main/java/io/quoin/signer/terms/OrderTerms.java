package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that a trader signs about an order (R1; EIP-712 type {@code Order}). The record holds any order that
 * fits the signed type; whether the vault or the node accepts it is theirs to say.
 *
 * @param trader who signs
 * @param mode how fills are settled
 * @param market the two tokens and the price's scale
 * @param side buy or sell of the base token
 * @param price limit: quote base units for {@code market.priceScale} base units of base; uint128
 * @param quantity base units of base; uint128
 * @param nonce names the order for ever, one per trader and order; uint64
 * @param expirySeconds valid while the block's time in Unix seconds is at most this; uint64
 * @param arbiterId the market's arbiter; uint32
 * @param paymentWindowSeconds P2P only: time to pay; uint32
 * @param refundDelaySeconds seconds after the lock from which anyone may refund; uint32
 * @param disputeBoundSeconds how long a dispute may last; uint32
 * @param operatorFeeCapBps the operator's fee at most, basis points; uint16
 * @param referrerFeeCapBps the referrer's fee at most, basis points; uint16
 * @param flags see {@link OrderFlag}
 */
public record OrderTerms(
        EvmAddress trader,
        SettlementMode mode,
        MarketTerms market,
        OrderSide side,
        BigInteger price,
        BigInteger quantity,
        BigInteger nonce,
        long expirySeconds,
        long arbiterId,
        long paymentWindowSeconds,
        long refundDelaySeconds,
        long disputeBoundSeconds,
        int operatorFeeCapBps,
        int referrerFeeCapBps,
        Set<OrderFlag> flags) {
    /** Refuses a number that does not fit its signed type (expiry up to 2^63-1) with {@link IllegalArgumentException}. */
    public OrderTerms {
        Objects.requireNonNull(trader, "trader");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(market, "market");
        Objects.requireNonNull(side, "side");
        UintRange.check("price", price, 128);
        UintRange.check("quantity", quantity, 128);
        UintRange.check("nonce", nonce, 64);
        UintRange.check("expiry", expirySeconds, 63);
        UintRange.check("arbiterId", arbiterId, 32);
        UintRange.check("paymentWindow", paymentWindowSeconds, 32);
        UintRange.check("refundDelay", refundDelaySeconds, 32);
        UintRange.check("disputeBound", disputeBoundSeconds, 32);
        UintRange.check("operatorFeeCap", operatorFeeCapBps, 16);
        UintRange.check("referrerFeeCap", referrerFeeCapBps, 16);
        flags = Set.copyOf(flags);
    }
}
