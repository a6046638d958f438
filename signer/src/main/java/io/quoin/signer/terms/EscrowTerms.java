package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.util.Objects;

/**
 * What both sides of a fill must have signed alike (EIP-712 type {@code Terms}). The record holds any terms that fit
 * the signed type; whether the vault or the node accepts them is theirs to say.
 *
 * @param arbiterId the arbiter both sides agree on; uint32
 * @param paymentWindowSeconds P2P only: time to pay; uint32
 * @param refundDelaySeconds seconds after the lock from which anyone may refund; uint32
 * @param disputeBoundSeconds how long an arbiter has to decide; uint32
 * @param fallbackArbiter decides when the arbiter stayed silent; the zero address for nobody
 * @param fallbackToBuyerBps the buyer's share of both legs when every arbiter stayed silent, basis points; uint16
 * @param buyerBondBps the buyer's bond, basis points of his leg; uint16
 * @param sellerBondBps the seller's bond, basis points of his leg; uint16
 */
public record EscrowTerms(
        long arbiterId,
        long paymentWindowSeconds,
        long refundDelaySeconds,
        long disputeBoundSeconds,
        EvmAddress fallbackArbiter,
        int fallbackToBuyerBps,
        int buyerBondBps,
        int sellerBondBps) {
    /** Refuses a number that does not fit its signed type, with {@link IllegalArgumentException}. */
    public EscrowTerms {
        Objects.requireNonNull(fallbackArbiter, "fallbackArbiter");
        UintRange.check("arbiterId", arbiterId, 32);
        UintRange.check("paymentWindow", paymentWindowSeconds, 32);
        UintRange.check("refundDelay", refundDelaySeconds, 32);
        UintRange.check("disputeBound", disputeBoundSeconds, 32);
        UintRange.check("fallbackToBuyer", fallbackToBuyerBps, 16);
        UintRange.check("buyerBond", buyerBondBps, 16);
        UintRange.check("sellerBond", sellerBondBps, 16);
    }
}
