package io.quoin.matching;

import io.quoin.matching.sbe.AdvanceTimeDecoder;
import io.quoin.matching.sbe.AdvanceTimeEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.OpenMarketDecoder;
import io.quoin.matching.sbe.OpenMarketEncoder;
import io.quoin.matching.sbe.SetMarketStateDecoder;
import io.quoin.matching.sbe.SetMarketStateEncoder;
import io.quoin.matching.sbe.SetReferencePriceDecoder;
import io.quoin.matching.sbe.SetReferencePriceEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the commands about markets and time. */
final class MarketCommandCodec {
    private MarketCommandCodec() {}

    static int encode(Command.OpenMarket it, MutableDirectBuffer buffer, int offset) {
        MarketSpec spec = it.spec();
        OrderBounds bounds = spec.bounds();
        FeeTerms fees = spec.fees();
        BondTerms bonds = spec.bonds();
        new OpenMarketEncoder()
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
        return MessageFrame.HEADER_LENGTH + OpenMarketEncoder.BLOCK_LENGTH;
    }

    static Command.OpenMarket openMarket(MessageFrame frame) {
        frame.needs(OpenMarketDecoder.BLOCK_LENGTH);
        OpenMarketDecoder in =
                new OpenMarketDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.OpenMarket(new MarketSpec(
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

    static int encode(Command.SetMarketState it, MutableDirectBuffer buffer, int offset) {
        new SetMarketStateEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .market(it.market().value())
                .state(WireValues.of(it.state()));
        return MessageFrame.HEADER_LENGTH + SetMarketStateEncoder.BLOCK_LENGTH;
    }

    static Command.SetMarketState setMarketState(MessageFrame frame) {
        frame.needs(SetMarketStateDecoder.BLOCK_LENGTH);
        SetMarketStateDecoder in =
                new SetMarketStateDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.SetMarketState(new MarketId(in.market()), WireValues.marketState(in.state()));
    }

    static int encode(Command.SetReferencePrice it, MutableDirectBuffer buffer, int offset) {
        new SetReferencePriceEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .priceTicks(it.priceTicks())
                .market(it.market().value());
        return MessageFrame.HEADER_LENGTH + SetReferencePriceEncoder.BLOCK_LENGTH;
    }

    static Command.SetReferencePrice setReferencePrice(MessageFrame frame) {
        frame.needs(SetReferencePriceDecoder.BLOCK_LENGTH);
        SetReferencePriceDecoder in = new SetReferencePriceDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.SetReferencePrice(new MarketId(in.market()), in.priceTicks());
    }

    static int encode(Command.AdvanceTime it, MutableDirectBuffer buffer, int offset) {
        new AdvanceTimeEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .nowSeconds(it.nowSeconds());
        return MessageFrame.HEADER_LENGTH + AdvanceTimeEncoder.BLOCK_LENGTH;
    }

    static Command.AdvanceTime advanceTime(MessageFrame frame) {
        frame.needs(AdvanceTimeDecoder.BLOCK_LENGTH);
        AdvanceTimeDecoder in =
                new AdvanceTimeDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.AdvanceTime(in.nowSeconds());
    }
}
