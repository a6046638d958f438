package io.quoin.matching;

import io.quoin.matching.sbe.AmendOrderDecoder;
import io.quoin.matching.sbe.AmendOrderEncoder;
import io.quoin.matching.sbe.CancelAllDecoder;
import io.quoin.matching.sbe.CancelAllEncoder;
import io.quoin.matching.sbe.CancelOrderDecoder;
import io.quoin.matching.sbe.CancelOrderEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.PlaceOrderDecoder;
import io.quoin.matching.sbe.PlaceOrderEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the commands about orders. */
final class OrderCommandCodec {
    // What stands for each CancelScope.
    private static final short OF_ACCOUNT = 0;
    private static final short OF_ACCOUNT_IN_MARKET = 1;
    private static final short OF_SESSION = 2;
    private static final short OF_DISCONNECT_GROUP = 3;
    private static final short OF_MARKET = 4;

    private OrderCommandCodec() {}

    static int encode(Command.PlaceOrder it, MutableDirectBuffer buffer, int offset) {
        OrderTerms terms = it.terms();
        OrderLabels labels = it.labels();
        new PlaceOrderEncoder()
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
        return MessageFrame.HEADER_LENGTH + PlaceOrderEncoder.BLOCK_LENGTH;
    }

    static Command.PlaceOrder placeOrder(MessageFrame frame) {
        frame.needs(PlaceOrderDecoder.BLOCK_LENGTH);
        PlaceOrderDecoder in =
                new PlaceOrderDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
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
        return new Command.PlaceOrder(
                new OrderId(in.order()), new MarketId(in.market()), new AccountId(in.account()), terms, labels);
    }

    static int encode(Command.AmendOrder it, MutableDirectBuffer buffer, int offset) {
        new AmendOrderEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .newOrder(it.newOrder().value())
                .account(it.account().value())
                .priceTicks(it.priceTicks())
                .quantityLots(it.quantityLots())
                .displayLots(it.displayLots())
                .expirySeconds(it.expirySeconds())
                .clientOrder(it.clientOrder());
        return MessageFrame.HEADER_LENGTH + AmendOrderEncoder.BLOCK_LENGTH;
    }

    static Command.AmendOrder amendOrder(MessageFrame frame) {
        frame.needs(AmendOrderDecoder.BLOCK_LENGTH);
        AmendOrderDecoder in =
                new AmendOrderDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.AmendOrder(
                new OrderId(in.order()),
                new OrderId(in.newOrder()),
                new AccountId(in.account()),
                in.priceTicks(),
                in.quantityLots(),
                in.displayLots(),
                in.expirySeconds(),
                in.clientOrder());
    }

    static int encode(Command.CancelOrder it, MutableDirectBuffer buffer, int offset) {
        new CancelOrderEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .order(it.order().value())
                .account(it.account().value());
        return MessageFrame.HEADER_LENGTH + CancelOrderEncoder.BLOCK_LENGTH;
    }

    static Command.CancelOrder cancelOrder(MessageFrame frame) {
        frame.needs(CancelOrderDecoder.BLOCK_LENGTH);
        CancelOrderDecoder in =
                new CancelOrderDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.CancelOrder(new OrderId(in.order()), new AccountId(in.account()));
    }

    static int encode(Command.CancelAll it, MutableDirectBuffer buffer, int offset) {
        CancelAllEncoder out = new CancelAllEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(0)
                .session(0)
                .market(0)
                .disconnectGroup(0);
        switch (it.scope()) {
            case CancelScope.OfAccount(AccountId account) ->
                out.account(account.value()).scope(OF_ACCOUNT);
            case CancelScope.OfAccountInMarket(AccountId account, MarketId market) ->
                out.account(account.value()).market(market.value()).scope(OF_ACCOUNT_IN_MARKET);
            case CancelScope.OfSession(AccountId account, long session) ->
                out.account(account.value()).session(session).scope(OF_SESSION);
            case CancelScope.OfDisconnectGroup(AccountId account, int group) ->
                out.account(account.value()).disconnectGroup(group).scope(OF_DISCONNECT_GROUP);
            case CancelScope.OfMarket(MarketId market) ->
                out.market(market.value()).scope(OF_MARKET);
        }
        return MessageFrame.HEADER_LENGTH + CancelAllEncoder.BLOCK_LENGTH;
    }

    static Command.CancelAll cancelAll(MessageFrame frame) {
        frame.needs(CancelAllDecoder.BLOCK_LENGTH);
        CancelAllDecoder in =
                new CancelAllDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        AccountId account = new AccountId(in.account());
        return new Command.CancelAll(
                switch (in.scope()) {
                    case OF_ACCOUNT -> new CancelScope.OfAccount(account);
                    case OF_ACCOUNT_IN_MARKET -> new CancelScope.OfAccountInMarket(account, new MarketId(in.market()));
                    case OF_SESSION -> new CancelScope.OfSession(account, in.session());
                    case OF_DISCONNECT_GROUP -> new CancelScope.OfDisconnectGroup(account, in.disconnectGroup());
                    case OF_MARKET -> new CancelScope.OfMarket(new MarketId(in.market()));
                    default ->
                        throw new MalformedMessage(in.scope() + " is no cancel scope; the highest is " + OF_MARKET);
                });
    }
}
