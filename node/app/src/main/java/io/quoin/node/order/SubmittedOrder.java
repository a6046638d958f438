package io.quoin.node.order;

import io.quoin.matching.Side;
import io.quoin.node.market.Market;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.SignedOrder;

/**
 * A signed order that passed the door: its signature is the trader's and its terms are its market's.
 *
 * @param id the EIP-712 digest that was signed
 * @param market the market
 * @param signed the terms and the signature
 * @param ticks the limit price, in ticks
 * @param lots the quantity, in lots
 */
public record SubmittedOrder(Bytes32 id, Market market, SignedOrder signed, long ticks, long lots) {
    /**
     * How long before an order's signed expiry it is taken from the book, in seconds, so that its last fill can
     * still be locked on chain in time.
     */
    public static final long LOCK_MARGIN_SECONDS = 60;

    /** Returns what the trader signed. */
    public OrderTerms terms() {
        return signed.terms();
    }

    /** Returns the trader as a CAIP-10 account. */
    public ChainAccount trader() {
        return new ChainAccount(market.vault().chain(), terms().trader());
    }

    /** Returns the engine's name for the side. */
    public Side side() {
        return terms().side() == OrderSide.BUY ? Side.BUY : Side.SELL;
    }

    /** Returns the last second in which the order may be matched. */
    public long matchUntilSeconds() {
        return terms().expirySeconds() - LOCK_MARGIN_SECONDS;
    }

    /** Returns whether the order must not match on arrival. */
    public boolean postOnly() {
        return terms().flags().contains(OrderFlag.POST_ONLY);
    }
}
