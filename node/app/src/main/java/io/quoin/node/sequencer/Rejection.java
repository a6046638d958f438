package io.quoin.node.sequencer;

import io.quoin.matching.RejectReason;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;

/** Says in the API's words why the engine rejected an order. Stateless. */
final class Rejection {
    private Rejection() {}

    /**
     * Returns the refusal for a reason. The node places limit orders in markets without bounds, and asks for no amends
     * and no exits, so many a reason would be a fault of its own: those are {@link RefusalCode#INTERNAL}.
     */
    static Refusal of(SubmittedOrder order, RejectReason reason) {
        return switch (reason) {
            case POST_ONLY_WOULD_CROSS ->
                new Refusal(
                        RefusalCode.POST_ONLY_WOULD_CROSS,
                        "a post-only order at " + order.market().formatPrice(order.ticks())
                                + " would match at once; choose a price behind the best of the other side");
            case EXPIRED -> new Refusal(RefusalCode.ORDER_EXPIRED, "the order expires too soon to be locked in time");
            case INSUFFICIENT_BALANCE ->
                new Refusal(RefusalCode.INSUFFICIENT_BALANCE, "the deposit does not cover the order");
            case AMOUNT_TOO_LARGE ->
                new Refusal(RefusalCode.AMOUNT_TOO_LARGE, "price times quantity is beyond what the engine holds");
            case PRICE_INVALID, PRICE_OFF_TICK ->
                new Refusal(RefusalCode.PRICE_OFF_TICK, "the price is no positive multiple of the tick");
            case QUANTITY_INVALID, QUANTITY_OFF_LOT ->
                new Refusal(RefusalCode.QUANTITY_OFF_LOT, "the quantity is no positive multiple of the lot");
            case MARKET_STATE ->
                new Refusal(
                        RefusalCode.MARKET_STOPPED,
                        order.market().symbol() + " takes no such order in its present state; cancelling goes on");
            case ENGINE_FULL ->
                new Refusal(
                        RefusalCode.ENGINE_FULL,
                        "the engine holds as many orders, prices or fills as it may; send it again in a while");
            case UNKNOWN_ORDER,
                    NOT_OWNER,
                    NEW_SIGNATURE_REQUIRED,
                    ORDER_ID_INVALID,
                    DUPLICATE_ORDER,
                    UNKNOWN_MARKET,
                    TERMS_INVALID,
                    QUANTITY_TOO_SMALL,
                    QUANTITY_TOO_LARGE,
                    QUANTITY_FILLED,
                    TOO_MANY_PARTS,
                    PRICE_OUTSIDE_BAND,
                    NO_LIQUIDITY,
                    EXITING,
                    NOT_FILLABLE -> new Refusal(RefusalCode.INTERNAL, "the engine rejected the order: " + reason);
        };
    }
}
