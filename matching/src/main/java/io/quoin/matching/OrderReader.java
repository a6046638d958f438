package io.quoin.matching;

import io.quoin.matching.sbe.AmendOrderDecoder;
import io.quoin.matching.sbe.PlaceOrderDecoder;
import org.agrona.DirectBuffer;

/** Reads the commands that come most often, without making an object of them. */
final class OrderReader {
    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final PostOnly[] POST_ONLIES = PostOnly.values();
    private static final SelfTradePrevention[] SELF_TRADES = SelfTradePrevention.values();

    private final PlaceOrderDecoder place = new PlaceOrderDecoder();
    private final AmendOrderDecoder amend = new AmendOrderDecoder();

    /** Reads an order into a ticket; false if a byte stands for nothing. */
    boolean readOrder(DirectBuffer buffer, int block, int blockLength, int version, Ticket ticket) {
        place.wrap(buffer, block, blockLength, version);
        int side = place.side();
        int type = place.orderType();
        int timeInForce = place.timeInForce();
        int postOnly = place.postOnly();
        int selfTrade = place.selfTrade();
        if (side >= SIDES.length
                || type >= TYPES.length
                || timeInForce >= TIMES_IN_FORCE.length
                || postOnly >= POST_ONLIES.length
                || selfTrade >= SELF_TRADES.length) {
            return false;
        }
        ticket.side = SIDES[side];
        ticket.type = TYPES[type];
        ticket.timeInForce = TIMES_IN_FORCE[timeInForce];
        ticket.postOnly = POST_ONLIES[postOnly];
        ticket.selfTrade = SELF_TRADES[selfTrade];
        ticket.order = place.order();
        ticket.account = place.account();
        ticket.market = place.market();
        ticket.price = place.priceTicks();
        ticket.quantity = place.quantityLots();
        ticket.display = place.displayLots();
        ticket.minimum = place.minimumLots();
        ticket.stopPrice = place.stopPriceTicks();
        ticket.slippage = place.slippageBasisPoints();
        ticket.expiry = place.expirySeconds();
        ticket.clientOrder = place.clientOrder();
        ticket.session = place.session();
        ticket.disconnectGroup = place.disconnectGroup();
        ticket.tradeGroup = place.tradeGroup();
        return true;
    }

    /** Reads what an amend names into a ticket, and returns the id of the order that is to be amended. */
    long readAmend(DirectBuffer buffer, int block, int blockLength, int version, Ticket ticket) {
        amend.wrap(buffer, block, blockLength, version);
        ticket.order = amend.newOrder();
        ticket.account = amend.account();
        ticket.price = amend.priceTicks();
        ticket.quantity = amend.quantityLots();
        ticket.display = amend.displayLots();
        ticket.expiry = amend.expirySeconds();
        ticket.clientOrder = amend.clientOrder();
        return amend.order();
    }
}
