package io.quoin.matching;

import io.quoin.matching.sbe.AuctionUncrossedDecoder;
import io.quoin.matching.sbe.AuctionUncrossedEncoder;
import io.quoin.matching.sbe.CommandRefusedDecoder;
import io.quoin.matching.sbe.CommandRefusedEncoder;
import io.quoin.matching.sbe.IndicativePriceDecoder;
import io.quoin.matching.sbe.IndicativePriceEncoder;
import io.quoin.matching.sbe.LevelChangedDecoder;
import io.quoin.matching.sbe.LevelChangedEncoder;
import io.quoin.matching.sbe.MarketOpenedDecoder;
import io.quoin.matching.sbe.MarketOpenedEncoder;
import io.quoin.matching.sbe.MarketStateChangedDecoder;
import io.quoin.matching.sbe.MarketStateChangedEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.ReferencePriceChangedDecoder;
import io.quoin.matching.sbe.ReferencePriceChangedEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the events about markets and their books, and refusals. */
final class MarketEventCodec {
    private MarketEventCodec() {}

    static int encode(Event.MarketOpened it, MutableDirectBuffer buffer, int offset) {
        MarketSpec spec = it.spec();
        OrderBounds bounds = spec.bounds();
        FeeTerms fees = spec.fees();
        BondTerms bonds = spec.bonds();
        new MarketOpenedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .baseUnitsPerLot(spec.baseUnitsPerLot())
                .quoteUnitsPerTickLot(spec.quoteUnitsPerTickLot())
                .tickSize(bounds.tickSize())
                .lotSize(bounds.lotSize())
                .minimumOrderLots(bounds.minimumOrderLots())
                .maximumOrderLots(bounds.maximumOrderLots())
                .minimumFillLots(bounds.minimumFillLots())
                .referencePriceTicks(spec.band().referencePriceTicks())
                .feeAccount(fees.account().value())
                .market(spec.id().value())
                .baseAsset(spec.base().value())
                .quoteAsset(spec.quote().value())
                .maximumIcebergParts(bounds.maximumIcebergParts())
                .bandBasisPoints(spec.band().basisPoints())
                .makerFeeBasisPoints(fees.makerBasisPoints())
                .takerFeeBasisPoints(fees.takerBasisPoints())
                .bondBasisPoints(bonds.basisPoints())
                .buyersBacking(WireValues.of(bonds.buyers()))
                .sellersBacking(WireValues.of(bonds.sellers()))
                .state(WireValues.of(spec.state()));
        return MessageFrame.HEADER_LENGTH + MarketOpenedEncoder.BLOCK_LENGTH;
    }

    static Event.MarketOpened marketOpened(MessageFrame frame) {
        frame.needs(MarketOpenedDecoder.BLOCK_LENGTH);
        MarketOpenedDecoder in =
                new MarketOpenedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.MarketOpened(new MarketSpec(
                new MarketId(in.market()),
                new AssetId(in.baseAsset()),
                new AssetId(in.quoteAsset()),
                in.baseUnitsPerLot(),
                in.quoteUnitsPerTickLot(),
                new OrderBounds(
                        in.tickSize(),
                        in.lotSize(),
                        in.minimumOrderLots(),
                        in.maximumOrderLots(),
                        in.minimumFillLots(),
                        in.maximumIcebergParts()),
                new PriceBand(in.bandBasisPoints(), in.referencePriceTicks()),
                new FeeTerms(in.makerFeeBasisPoints(), in.takerFeeBasisPoints(), new AccountId(in.feeAccount())),
                new BondTerms(
                        WireValues.backing(in.buyersBacking()),
                        WireValues.backing(in.sellersBacking()),
                        in.bondBasisPoints()),
                WireValues.marketState(in.state())));
    }

    static int encode(Event.MarketStateChanged it, MutableDirectBuffer buffer, int offset) {
        new MarketStateChangedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .market(it.market().value())
                .state(WireValues.of(it.state()));
        return MessageFrame.HEADER_LENGTH + MarketStateChangedEncoder.BLOCK_LENGTH;
    }

    static Event.MarketStateChanged marketStateChanged(MessageFrame frame) {
        frame.needs(MarketStateChangedDecoder.BLOCK_LENGTH);
        MarketStateChangedDecoder in = new MarketStateChangedDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.MarketStateChanged(new MarketId(in.market()), WireValues.marketState(in.state()));
    }

    static int encode(Event.ReferencePriceChanged it, MutableDirectBuffer buffer, int offset) {
        new ReferencePriceChangedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .priceTicks(it.priceTicks())
                .market(it.market().value());
        return MessageFrame.HEADER_LENGTH + ReferencePriceChangedEncoder.BLOCK_LENGTH;
    }

    static Event.ReferencePriceChanged referencePriceChanged(MessageFrame frame) {
        frame.needs(ReferencePriceChangedDecoder.BLOCK_LENGTH);
        ReferencePriceChangedDecoder in = new ReferencePriceChangedDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.ReferencePriceChanged(new MarketId(in.market()), in.priceTicks());
    }

    static int encode(Event.IndicativePrice it, MutableDirectBuffer buffer, int offset) {
        new IndicativePriceEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .priceTicks(it.priceTicks())
                .matchedLots(it.matchedLots())
                .imbalanceLots(it.imbalanceLots())
                .market(it.market().value());
        return MessageFrame.HEADER_LENGTH + IndicativePriceEncoder.BLOCK_LENGTH;
    }

    static Event.IndicativePrice indicativePrice(MessageFrame frame) {
        frame.needs(IndicativePriceDecoder.BLOCK_LENGTH);
        IndicativePriceDecoder in =
                new IndicativePriceDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.IndicativePrice(
                new MarketId(in.market()), in.priceTicks(), in.matchedLots(), in.imbalanceLots());
    }

    static int encode(Event.AuctionUncrossed it, MutableDirectBuffer buffer, int offset) {
        new AuctionUncrossedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .priceTicks(it.priceTicks())
                .market(it.market().value());
        return MessageFrame.HEADER_LENGTH + AuctionUncrossedEncoder.BLOCK_LENGTH;
    }

    static Event.AuctionUncrossed auctionUncrossed(MessageFrame frame) {
        frame.needs(AuctionUncrossedDecoder.BLOCK_LENGTH);
        AuctionUncrossedDecoder in =
                new AuctionUncrossedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.AuctionUncrossed(new MarketId(in.market()), in.priceTicks());
    }

    static int encode(Event.LevelChanged it, MutableDirectBuffer buffer, int offset) {
        new LevelChangedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .priceTicks(it.priceTicks())
                .visibleLots(it.visibleLots())
                .market(it.market().value())
                .orderCount(it.orderCount())
                .side(WireValues.of(it.side()));
        return MessageFrame.HEADER_LENGTH + LevelChangedEncoder.BLOCK_LENGTH;
    }

    static Event.LevelChanged levelChanged(MessageFrame frame) {
        frame.needs(LevelChangedDecoder.BLOCK_LENGTH);
        LevelChangedDecoder in =
                new LevelChangedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.LevelChanged(
                new MarketId(in.market()),
                WireValues.side(in.side()),
                in.priceTicks(),
                in.visibleLots(),
                in.orderCount());
    }

    static int encode(Event.CommandRefused it, MutableDirectBuffer buffer, int offset) {
        new CommandRefusedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .reason(WireValues.of(it.reason()));
        return MessageFrame.HEADER_LENGTH + CommandRefusedEncoder.BLOCK_LENGTH;
    }

    static Event.CommandRefused commandRefused(MessageFrame frame) {
        frame.needs(CommandRefusedDecoder.BLOCK_LENGTH);
        CommandRefusedDecoder in =
                new CommandRefusedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.CommandRefused(WireValues.refusalReason(in.reason()));
    }
}
