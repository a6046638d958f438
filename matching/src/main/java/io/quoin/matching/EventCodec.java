package io.quoin.matching;

import io.quoin.matching.sbe.AllCancelledDecoder;
import io.quoin.matching.sbe.AmendRejectedDecoder;
import io.quoin.matching.sbe.AuctionUncrossedDecoder;
import io.quoin.matching.sbe.BalanceChangedDecoder;
import io.quoin.matching.sbe.ClientOrderRepeatedDecoder;
import io.quoin.matching.sbe.CommandRefusedDecoder;
import io.quoin.matching.sbe.ExitChangedDecoder;
import io.quoin.matching.sbe.FillForfeitedDecoder;
import io.quoin.matching.sbe.FillReturnedDecoder;
import io.quoin.matching.sbe.FillSettledDecoder;
import io.quoin.matching.sbe.FilledDecoder;
import io.quoin.matching.sbe.IndicativePriceDecoder;
import io.quoin.matching.sbe.LevelChangedDecoder;
import io.quoin.matching.sbe.MarketOpenedDecoder;
import io.quoin.matching.sbe.MarketStateChangedDecoder;
import io.quoin.matching.sbe.OrderAcceptedDecoder;
import io.quoin.matching.sbe.OrderAmendedDecoder;
import io.quoin.matching.sbe.OrderCancelledDecoder;
import io.quoin.matching.sbe.OrderReducedDecoder;
import io.quoin.matching.sbe.OrderRejectedDecoder;
import io.quoin.matching.sbe.OrderRestedDecoder;
import io.quoin.matching.sbe.OrderTriggeredDecoder;
import io.quoin.matching.sbe.ReferencePriceChangedDecoder;
import io.quoin.matching.sbe.WithdrawalChangedDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads {@link Event}s from SBE messages of {@code quoin-matching.xml}, and writes them. Each is a header of 8 bytes
 * and a block of a length that depends on nothing but the kind of event. May be used by many threads.
 */
public final class EventCodec {
    /** The length of the longest event, header included: that of {@link Event.Filled}. */
    public static final int MAX_LENGTH = MessageFrame.HEADER_LENGTH + FilledDecoder.BLOCK_LENGTH;

    private EventCodec() {}

    /**
     * Writes an event.
     *
     * @param buffer where to; it must have, or be able to grow to, {@link #MAX_LENGTH} bytes from the offset
     * @return how many bytes were written, header included
     * @throws IndexOutOfBoundsException if the buffer is too short
     */
    public static int encode(Event event, MutableDirectBuffer buffer, int offset) {
        return switch (event) {
            case Event.MarketOpened it -> MarketEventCodec.encode(it, buffer, offset);
            case Event.MarketStateChanged it -> MarketEventCodec.encode(it, buffer, offset);
            case Event.ReferencePriceChanged it -> MarketEventCodec.encode(it, buffer, offset);
            case Event.IndicativePrice it -> MarketEventCodec.encode(it, buffer, offset);
            case Event.AuctionUncrossed it -> MarketEventCodec.encode(it, buffer, offset);
            case Event.OrderAccepted it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.OrderRejected it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.ClientOrderRepeated it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.Filled it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.OrderRested it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.OrderTriggered it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.OrderReduced it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.OrderAmended it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.AmendRejected it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.OrderCancelled it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.AllCancelled it -> OrderEventCodec.encode(it, buffer, offset);
            case Event.LevelChanged it -> MarketEventCodec.encode(it, buffer, offset);
            case Event.BalanceChanged it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.FillSettled it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.FillReturned it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.FillForfeited it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.WithdrawalChanged it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.ExitChanged it -> FundsEventCodec.encode(it, buffer, offset);
            case Event.CommandRefused it -> MarketEventCodec.encode(it, buffer, offset);
        };
    }

    /**
     * Reads events that stand one behind the other, with nothing between them.
     *
     * @param length how many bytes the events have together, headers included; 0 for no events
     * @throws MalformedMessage if the bytes are not exactly a run of events of this version of the schema
     */
    public static List<Event> decode(DirectBuffer buffer, int offset, int length) {
        List<Event> events = new ArrayList<>();
        int remaining = length;
        while (remaining != 0) {
            MessageFrame frame = MessageFrame.read(buffer, offset + length - remaining, remaining);
            events.add(event(frame));
            remaining = offset + length - frame.end();
        }
        return List.copyOf(events);
    }

    private static Event event(MessageFrame frame) {
        return switch (frame.templateId()) {
            case MarketOpenedDecoder.TEMPLATE_ID -> MarketEventCodec.marketOpened(frame);
            case MarketStateChangedDecoder.TEMPLATE_ID -> MarketEventCodec.marketStateChanged(frame);
            case ReferencePriceChangedDecoder.TEMPLATE_ID -> MarketEventCodec.referencePriceChanged(frame);
            case IndicativePriceDecoder.TEMPLATE_ID -> MarketEventCodec.indicativePrice(frame);
            case AuctionUncrossedDecoder.TEMPLATE_ID -> MarketEventCodec.auctionUncrossed(frame);
            case OrderAcceptedDecoder.TEMPLATE_ID -> OrderEventCodec.orderAccepted(frame);
            case OrderRejectedDecoder.TEMPLATE_ID -> OrderEventCodec.orderRejected(frame);
            case ClientOrderRepeatedDecoder.TEMPLATE_ID -> OrderEventCodec.clientOrderRepeated(frame);
            case FilledDecoder.TEMPLATE_ID -> FundsEventCodec.filled(frame);
            case OrderRestedDecoder.TEMPLATE_ID -> OrderEventCodec.orderRested(frame);
            case OrderTriggeredDecoder.TEMPLATE_ID -> OrderEventCodec.orderTriggered(frame);
            case OrderReducedDecoder.TEMPLATE_ID -> OrderEventCodec.orderReduced(frame);
            case OrderAmendedDecoder.TEMPLATE_ID -> OrderEventCodec.orderAmended(frame);
            case AmendRejectedDecoder.TEMPLATE_ID -> OrderEventCodec.amendRejected(frame);
            case OrderCancelledDecoder.TEMPLATE_ID -> OrderEventCodec.orderCancelled(frame);
            case AllCancelledDecoder.TEMPLATE_ID -> OrderEventCodec.allCancelled(frame);
            case LevelChangedDecoder.TEMPLATE_ID -> MarketEventCodec.levelChanged(frame);
            case BalanceChangedDecoder.TEMPLATE_ID -> FundsEventCodec.balanceChanged(frame);
            case FillSettledDecoder.TEMPLATE_ID -> FundsEventCodec.fillSettled(frame);
            case FillReturnedDecoder.TEMPLATE_ID -> FundsEventCodec.fillReturned(frame);
            case FillForfeitedDecoder.TEMPLATE_ID -> FundsEventCodec.fillForfeited(frame);
            case WithdrawalChangedDecoder.TEMPLATE_ID -> FundsEventCodec.withdrawalChanged(frame);
            case ExitChangedDecoder.TEMPLATE_ID -> FundsEventCodec.exitChanged(frame);
            case CommandRefusedDecoder.TEMPLATE_ID -> MarketEventCodec.commandRefused(frame);
            default -> throw new MalformedMessage("message " + frame.templateId() + " is no event");
        };
    }
}
