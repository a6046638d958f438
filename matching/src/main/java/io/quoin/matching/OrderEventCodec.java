package io.quoin.matching;

import io.quoin.matching.sbe.AllCancelledDecoder;
import io.quoin.matching.sbe.AllCancelledEncoder;
import io.quoin.matching.sbe.AmendRejectedDecoder;
import io.quoin.matching.sbe.AmendRejectedEncoder;
import io.quoin.matching.sbe.ClientOrderRepeatedDecoder;
import io.quoin.matching.sbe.ClientOrderRepeatedEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.OrderAcceptedDecoder;
import io.quoin.matching.sbe.OrderAcceptedEncoder;
import io.quoin.matching.sbe.OrderAmendedDecoder;
import io.quoin.matching.sbe.OrderAmendedEncoder;
import io.quoin.matching.sbe.OrderCancelledDecoder;
import io.quoin.matching.sbe.OrderCancelledEncoder;
import io.quoin.matching.sbe.OrderReducedDecoder;
import io.quoin.matching.sbe.OrderReducedEncoder;
import io.quoin.matching.sbe.OrderRejectedDecoder;
import io.quoin.matching.sbe.OrderRejectedEncoder;
import io.quoin.matching.sbe.OrderRestedDecoder;
import io.quoin.matching.sbe.OrderRestedEncoder;
import io.quoin.matching.sbe.OrderTriggeredDecoder;
import io.quoin.matching.sbe.OrderTriggeredEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the events about orders. */
final class OrderEventCodec {
    private OrderEventCodec() {}

    static int encode(Event.OrderAccepted it, MutableDirectBuffer buffer, int offset) {
        OrderTerms terms = it.terms();
        OrderLabels labels = it.labels();
        new OrderAcceptedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .account(it.account().value())
                .priceTicks(terms.priceTicks())
                .quantityLots(terms.quantityLots())
                .displayLots(terms.displayLots())
                .minimumLots(terms.minimumLots())
                .stopPriceTicks(terms.stopPriceTicks())
                .expirySeconds(terms.expirySeconds())
                .clientOrder(labels.clientOrder())
                .session(labels.session())
                .market(it.market().value())
                .slippageBasisPoints(terms.slippageBasisPoints())
                .disconnectGroup(labels.disconnectGroup())
                .tradeGroup(labels.tradeGroup())
                .side(WireValues.of(terms.side()))
                .orderType(WireValues.of(terms.type()))
                .timeInForce(WireValues.of(terms.timeInForce()))
                .postOnly(WireValues.of(terms.postOnly()))
                .selfTrade(WireValues.of(terms.selfTrade()));
        return MessageFrame.HEADER_LENGTH + OrderAcceptedEncoder.BLOCK_LENGTH;
    }

    static Event.OrderAccepted orderAccepted(MessageFrame frame) {
        frame.needs(OrderAcceptedDecoder.BLOCK_LENGTH);
        OrderAcceptedDecoder in =
                new OrderAcceptedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        OrderTerms terms = new OrderTerms(
                WireValues.side(in.side()),
                WireValues.orderType(in.orderType()),
                WireValues.timeInForce(in.timeInForce()),
                in.priceTicks(),
                in.quantityLots(),
                in.displayLots(),
                in.minimumLots(),
                in.stopPriceTicks(),
                in.slippageBasisPoints(),
                WireValues.postOnly(in.postOnly()),
                WireValues.selfTrade(in.selfTrade()),
                in.expirySeconds());
        OrderLabels labels = new OrderLabels(in.clientOrder(), in.session(), in.disconnectGroup(), in.tradeGroup());
        return new Event.OrderAccepted(
                new OrderId(in.order()), new MarketId(in.market()), new AccountId(in.account()), terms, labels);
    }

    static int encode(Event.OrderRejected it, MutableDirectBuffer buffer, int offset) {
        new OrderRejectedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .account(it.account().value())
                .clientOrder(it.clientOrder())
                .reason(WireValues.of(it.reason()));
        return MessageFrame.HEADER_LENGTH + OrderRejectedEncoder.BLOCK_LENGTH;
    }

    static Event.OrderRejected orderRejected(MessageFrame frame) {
        frame.needs(OrderRejectedDecoder.BLOCK_LENGTH);
        OrderRejectedDecoder in =
                new OrderRejectedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.OrderRejected(
                new OrderId(in.order()),
                new AccountId(in.account()),
                in.clientOrder(),
                WireValues.rejectReason(in.reason()));
    }

    static int encode(Event.ClientOrderRepeated it, MutableDirectBuffer buffer, int offset) {
        new ClientOrderRepeatedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .account(it.account().value())
                .clientOrder(it.clientOrder())
                .original(it.original().value())
                .outcome(WireValues.of(it.outcome()));
        return MessageFrame.HEADER_LENGTH + ClientOrderRepeatedEncoder.BLOCK_LENGTH;
    }

    static Event.ClientOrderRepeated clientOrderRepeated(MessageFrame frame) {
        frame.needs(ClientOrderRepeatedDecoder.BLOCK_LENGTH);
        ClientOrderRepeatedDecoder in = new ClientOrderRepeatedDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.ClientOrderRepeated(
                new OrderId(in.order()),
                new AccountId(in.account()),
                in.clientOrder(),
                new OrderId(in.original()),
                WireValues.outcome(in.outcome()));
    }

    static int encode(Event.OrderRested it, MutableDirectBuffer buffer, int offset) {
        new OrderRestedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .priceTicks(it.priceTicks())
                .visibleLots(it.visibleLots())
                .remainingLots(it.remainingLots())
                .market(it.market().value())
                .side(WireValues.of(it.side()));
        return MessageFrame.HEADER_LENGTH + OrderRestedEncoder.BLOCK_LENGTH;
    }

    static Event.OrderRested orderRested(MessageFrame frame) {
        frame.needs(OrderRestedDecoder.BLOCK_LENGTH);
        OrderRestedDecoder in =
                new OrderRestedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.OrderRested(
                new OrderId(in.order()),
                new MarketId(in.market()),
                WireValues.side(in.side()),
                in.priceTicks(),
                in.visibleLots(),
                in.remainingLots());
    }

    static int encode(Event.OrderTriggered it, MutableDirectBuffer buffer, int offset) {
        new OrderTriggeredEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .priceTicks(it.priceTicks())
                .market(it.market().value());
        return MessageFrame.HEADER_LENGTH + OrderTriggeredEncoder.BLOCK_LENGTH;
    }

    static Event.OrderTriggered orderTriggered(MessageFrame frame) {
        frame.needs(OrderTriggeredDecoder.BLOCK_LENGTH);
        OrderTriggeredDecoder in =
                new OrderTriggeredDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.OrderTriggered(new OrderId(in.order()), new MarketId(in.market()), in.priceTicks());
    }

    static int encode(Event.OrderReduced it, MutableDirectBuffer buffer, int offset) {
        new OrderReducedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .account(it.account().value())
                .reducedLots(it.reducedLots())
                .remainingLots(it.remainingLots())
                .visibleLots(it.visibleLots());
        return MessageFrame.HEADER_LENGTH + OrderReducedEncoder.BLOCK_LENGTH;
    }

    static Event.OrderReduced orderReduced(MessageFrame frame) {
        frame.needs(OrderReducedDecoder.BLOCK_LENGTH);
        OrderReducedDecoder in =
                new OrderReducedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.OrderReduced(
                new OrderId(in.order()),
                new AccountId(in.account()),
                in.reducedLots(),
                in.remainingLots(),
                in.visibleLots());
    }

    static int encode(Event.OrderAmended it, MutableDirectBuffer buffer, int offset) {
        new OrderAmendedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .newOrder(it.newOrder().value())
                .account(it.account().value())
                .priceTicks(it.priceTicks())
                .quantityLots(it.quantityLots())
                .displayLots(it.displayLots())
                .expirySeconds(it.expirySeconds());
        return MessageFrame.HEADER_LENGTH + OrderAmendedEncoder.BLOCK_LENGTH;
    }

    static Event.OrderAmended orderAmended(MessageFrame frame) {
        frame.needs(OrderAmendedDecoder.BLOCK_LENGTH);
        OrderAmendedDecoder in =
                new OrderAmendedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.OrderAmended(
                new OrderId(in.order()),
                new OrderId(in.newOrder()),
                new AccountId(in.account()),
                in.priceTicks(),
                in.quantityLots(),
                in.displayLots(),
                in.expirySeconds());
    }

    static int encode(Event.AmendRejected it, MutableDirectBuffer buffer, int offset) {
        new AmendRejectedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .newOrder(it.newOrder().value())
                .account(it.account().value())
                .clientOrder(it.clientOrder())
                .reason(WireValues.of(it.reason()));
        return MessageFrame.HEADER_LENGTH + AmendRejectedEncoder.BLOCK_LENGTH;
    }

    static Event.AmendRejected amendRejected(MessageFrame frame) {
        frame.needs(AmendRejectedDecoder.BLOCK_LENGTH);
        AmendRejectedDecoder in =
                new AmendRejectedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.AmendRejected(
                new OrderId(in.order()),
                new OrderId(in.newOrder()),
                new AccountId(in.account()),
                in.clientOrder(),
                WireValues.rejectReason(in.reason()));
    }

    static int encode(Event.OrderCancelled it, MutableDirectBuffer buffer, int offset) {
        new OrderCancelledEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .account(it.account().value())
                .remainingLots(it.remainingLots())
                .reason(WireValues.of(it.reason()));
        return MessageFrame.HEADER_LENGTH + OrderCancelledEncoder.BLOCK_LENGTH;
    }

    static Event.OrderCancelled orderCancelled(MessageFrame frame) {
        frame.needs(OrderCancelledDecoder.BLOCK_LENGTH);
        OrderCancelledDecoder in =
                new OrderCancelledDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.OrderCancelled(
                new OrderId(in.order()),
                new AccountId(in.account()),
                WireValues.cancelReason(in.reason()),
                in.remainingLots());
    }

    static int encode(Event.AllCancelled it, MutableDirectBuffer buffer, int offset) {
        new AllCancelledEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .count(it.count());
        return MessageFrame.HEADER_LENGTH + AllCancelledEncoder.BLOCK_LENGTH;
    }

    static Event.AllCancelled allCancelled(MessageFrame frame) {
        frame.needs(AllCancelledDecoder.BLOCK_LENGTH);
        AllCancelledDecoder in =
                new AllCancelledDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.AllCancelled(in.count());
    }
}
