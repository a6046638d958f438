package io.quoin.matching;

import io.quoin.matching.sbe.AmendOrderDecoder;
import io.quoin.matching.sbe.PlaceOrderDecoder;

/** Reads the commands that come most often, without making an object of them. */
final class OrderReader {
    private OrderReader() {}

    /** Reads an order into a ticket; false if a byte stands for nothing. */
    static boolean readOrder(byte[] bytes, int at, Ticket ticket) {
        int four = LittleEndian.getInt(bytes, at + PlaceOrderDecoder.sideEncodingOffset()); // and the three behind it
        ticket.kind = Tags.ofWire(four, bytes[at + PlaceOrderDecoder.selfTradeEncodingOffset()]);
        if (ticket.kind < 0) {
            return false;
        }
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
