package io.quoin.node.market;

import io.quoin.signer.terms.SettlementMode;

/**
 * What every order of a market must state of its settlement (R1). All times in seconds.
 *
 * @param mode how the trades settle
 * @param arbiterId the market's arbiter, 0 for none
 * @param paymentWindow how long a payment off the chain may take; 0 where there is none
 * @param refundDelay time from the lock after which anyone may refund, positive
 * @param disputeBound the longest that a dispute may hold an escrow; 0 where there is none
 */
public record SettlementTerms(
        SettlementMode mode, long arbiterId, long paymentWindow, long refundDelay, long disputeBound) {}
