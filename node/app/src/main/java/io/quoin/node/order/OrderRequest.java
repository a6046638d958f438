package io.quoin.node.order;

import java.math.BigInteger;
import java.util.Set;

/**
 * An order as a client sent it, its form already checked against the API's document.
 *
 * @param vault CAIP-10 account of the contract that it was signed for
 * @param market the market's symbol
 * @param trader the trader's address
 * @param mode the settlement mode's name
 * @param side BUY or SELL
 * @param price whole quote tokens for one whole base token
 * @param quantity whole base tokens
 * @param nonce 0 to 2^64-1
 * @param issued unix seconds
 * @param expiry unix seconds
 * @param terms what both sides of a trade sign alike
 * @param operatorFeeCap basis points
 * @param referrerFeeCap basis points
 * @param flags names of flags
 * @param wallet the address of the contract that signs for the trader; zero if his key does
 * @param signature 65 bytes in hexadecimal
 */
public record OrderRequest(
        String vault,
        String market,
        String trader,
        String mode,
        String side,
        String price,
        String quantity,
        BigInteger nonce,
        long issued,
        long expiry,
        Terms terms,
        int operatorFeeCap,
        int referrerFeeCap,
        Set<String> flags,
        String wallet,
        String signature) {
    /**
     * What both sides of a trade sign alike. Times in seconds, shares in basis points.
     *
     * @param arbiterId 0 for none
     * @param paymentWindow time for a payment outside the chain
     * @param refundDelay time after the lock from which anyone may refund
     * @param disputeBound time that an arbiter has to decide
     * @param fallbackArbiter the address that decides when he stayed silent; zero for none
     * @param fallbackToBuyer the buyer's share of both legs when every arbiter stayed silent
     * @param buyerBond the buyer's bond
     * @param sellerBond the seller's bond
     */
    public record Terms(
            long arbiterId,
            long paymentWindow,
            long refundDelay,
            long disputeBound,
            String fallbackArbiter,
            int fallbackToBuyer,
            int buyerBond,
            int sellerBond) {}

    /** Keeps an unmodifiable copy of the flags. */
    public OrderRequest {
        flags = Set.copyOf(flags);
    }
}
