package io.quoin.matching;

import io.quoin.matching.sbe.AmendOrderDecoder;
import io.quoin.matching.sbe.PlaceOrderDecoder;

/** Reads the commands that come most often, without making an object of them. */
final class OrderReader {
    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final PostOnly[] POST_ONLIES = PostOnly.values();
    private static final SelfTradePrevention[] SELF_TRADES = SelfTradePrevention.values();

    private OrderReader() {}

    /** Reads an order into a ticket; false if a byte stands for nothing. */
    static boolean readOrder(byte[] bytes, int at, Ticket ticket) {
        int side = bytes[at + PlaceOrderDecoder.sideEncodingOffset()];
        int type = bytes[at + PlaceOrderDecoder.orderTypeEncodingOffset()];
        int timeInForce = bytes[at + PlaceOrderDecoder.timeInForceEncodingOffset()];
        int postOnly = bytes[at + PlaceOrderDecoder.postOnlyEncodingOffset()];
        int selfTrade = bytes[at + PlaceOrderDecoder.selfTradeEncodingOffset()];
        if ((side | type | timeInForce | postOnly | selfTrade) < 0
                || side >= SIDES.length
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
        readNumbers(bytes, at, ticket);
        return true;
    }

    private static void readNumbers(byte[] bytes, int at, Ticket ticket) {
        ticket.order = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.orderEncodingOffset());
        ticket.account = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.accountEncodingOffset());
        ticket.price = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.priceTicksEncodingOffset());
        ticket.quantity = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.quantityLotsEncodingOffset());
        ticket.display = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.displayLotsEncodingOffset());
        ticket.minimum = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.minimumLotsEncodingOffset());
        ticket.stopPrice = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.stopPriceTicksEncodingOffset());
        ticket.expiry = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.expirySecondsEncodingOffset());
        ticket.clientOrder = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.clientOrderEncodingOffset());
        ticket.session = LittleEndian.getLong(bytes, at + PlaceOrderDecoder.sessionEncodingOffset());
        ticket.market = LittleEndian.getInt(bytes, at + PlaceOrderDecoder.marketEncodingOffset());
        ticket.slippage = LittleEndian.getInt(bytes, at + PlaceOrderDecoder.slippageBasisPointsEncodingOffset());
        ticket.disconnectGroup = LittleEndian.getInt(bytes, at + PlaceOrderDecoder.disconnectGroupEncodingOffset());
        ticket.tradeGroup = LittleEndian.getInt(bytes, at + PlaceOrderDecoder.tradeGroupEncodingOffset());
    }

    /** Reads what an amend names into a ticket, and returns the id of the order that is to be amended. */
    static long readAmend(byte[] bytes, int at, Ticket ticket) {
        ticket.order = LittleEndian.getLong(bytes, at + AmendOrderDecoder.newOrderEncodingOffset());
        ticket.account = LittleEndian.getLong(bytes, at + AmendOrderDecoder.accountEncodingOffset());
        ticket.price = LittleEndian.getLong(bytes, at + AmendOrderDecoder.priceTicksEncodingOffset());
        ticket.quantity = LittleEndian.getLong(bytes, at + AmendOrderDecoder.quantityLotsEncodingOffset());
        ticket.display = LittleEndian.getLong(bytes, at + AmendOrderDecoder.displayLotsEncodingOffset());
        ticket.expiry = LittleEndian.getLong(bytes, at + AmendOrderDecoder.expirySecondsEncodingOffset());
        ticket.clientOrder = LittleEndian.getLong(bytes, at + AmendOrderDecoder.clientOrderEncodingOffset());
        return LittleEndian.getLong(bytes, at + AmendOrderDecoder.orderEncodingOffset());
    }
}
