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
 * @param expiry unix seconds
 * @param arbiterId 0 for none
 * @param paymentWindow seconds
 * @param refundDelay seconds
 * @param disputeBound seconds
 * @param operatorFeeCap basis points
 * @param referrerFeeCap basis points
 * @param flags names of flags
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
        long expiry,
        long arbiterId,
        long paymentWindow,
        long refundDelay,
        long disputeBound,
        int operatorFeeCap,
        int referrerFeeCap,
        Set<String> flags,
        String signature) {
    /** Keeps an unmodifiable copy of the flags. */
    public OrderRequest {
        flags = Set.copyOf(flags);
    }
}
