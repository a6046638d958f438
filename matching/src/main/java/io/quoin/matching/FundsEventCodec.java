package io.quoin.matching;

import io.quoin.matching.sbe.BalanceChangedDecoder;
import io.quoin.matching.sbe.BalanceChangedEncoder;
import io.quoin.matching.sbe.ExitChangedDecoder;
import io.quoin.matching.sbe.ExitChangedEncoder;
import io.quoin.matching.sbe.FillForfeitedDecoder;
import io.quoin.matching.sbe.FillForfeitedEncoder;
import io.quoin.matching.sbe.FillReturnedDecoder;
import io.quoin.matching.sbe.FillReturnedEncoder;
import io.quoin.matching.sbe.FillSettledDecoder;
import io.quoin.matching.sbe.FillSettledEncoder;
import io.quoin.matching.sbe.FilledDecoder;
import io.quoin.matching.sbe.FilledEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.WithdrawalChangedDecoder;
import io.quoin.matching.sbe.WithdrawalChangedEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the events about fills, balances, withdrawals and exits. */
final class FundsEventCodec {
    private FundsEventCodec() {}

    static int encode(Event.Filled it, MutableDirectBuffer buffer, int offset) {
        new FilledEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value())
                .maker(it.maker().value())
                .taker(it.taker().value())
                .makerAccount(it.makerAccount().value())
                .takerAccount(it.takerAccount().value())
                .priceTicks(it.priceTicks())
                .quantityLots(it.quantityLots())
                .baseAmount(it.baseAmount())
                .quoteAmount(it.quoteAmount())
                .makerFee(it.makerFee())
                .takerFee(it.takerFee())
                .bond(it.bond())
                .makerRemainingLots(it.makerRemainingLots())
                .takerRemainingLots(it.takerRemainingLots())
                .market(it.market().value())
                .takerSide(WireValues.of(it.takerSide()));
        return MessageFrame.HEADER_LENGTH + FilledEncoder.BLOCK_LENGTH;
    }

    static Event.Filled filled(MessageFrame frame) {
        frame.needs(FilledDecoder.BLOCK_LENGTH);
        FilledDecoder in =
                new FilledDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.Filled(
                new FillId(in.fill()),
                new MarketId(in.market()),
                new OrderId(in.maker()),
                new OrderId(in.taker()),
                new AccountId(in.makerAccount()),
                new AccountId(in.takerAccount()),
                WireValues.side(in.takerSide()),
                in.priceTicks(),
                in.quantityLots(),
                in.baseAmount(),
                in.quoteAmount(),
                in.makerFee(),
                in.takerFee(),
                in.bond(),
                in.makerRemainingLots(),
                in.takerRemainingLots());
    }

    static int encode(Event.FillSettled it, MutableDirectBuffer buffer, int offset) {
        new FillSettledEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value());
        return MessageFrame.HEADER_LENGTH + FillSettledEncoder.BLOCK_LENGTH;
    }

    static Event.FillSettled fillSettled(MessageFrame frame) {
        frame.needs(FillSettledDecoder.BLOCK_LENGTH);
        FillSettledDecoder in =
                new FillSettledDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.FillSettled(new FillId(in.fill()));
    }

    static int encode(Event.FillReturned it, MutableDirectBuffer buffer, int offset) {
        new FillReturnedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value());
        return MessageFrame.HEADER_LENGTH + FillReturnedEncoder.BLOCK_LENGTH;
    }

    static Event.FillReturned fillReturned(MessageFrame frame) {
        frame.needs(FillReturnedDecoder.BLOCK_LENGTH);
        FillReturnedDecoder in =
                new FillReturnedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.FillReturned(new FillId(in.fill()));
    }

    static int encode(Event.FillForfeited it, MutableDirectBuffer buffer, int offset) {
        new FillForfeitedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value());
        return MessageFrame.HEADER_LENGTH + FillForfeitedEncoder.BLOCK_LENGTH;
    }

    static Event.FillForfeited fillForfeited(MessageFrame frame) {
        frame.needs(FillForfeitedDecoder.BLOCK_LENGTH);
        FillForfeitedDecoder in =
                new FillForfeitedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.FillForfeited(new FillId(in.fill()));
    }

    static int encode(Event.BalanceChanged it, MutableDirectBuffer buffer, int offset) {
        Balance after = it.after();
        new BalanceChangedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .available(after.available())
                .reserved(after.reserved())
                .settling(after.settling())
                .withdrawing(after.withdrawing())
                .exiting(after.exiting())
                .owed(after.owed())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + BalanceChangedEncoder.BLOCK_LENGTH;
    }

    static Event.BalanceChanged balanceChanged(MessageFrame frame) {
        frame.needs(BalanceChangedDecoder.BLOCK_LENGTH);
        BalanceChangedDecoder in =
                new BalanceChangedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.BalanceChanged(new AccountId(in.account()), new AssetId(in.asset()), balance(in));
    }

    private static Balance balance(BalanceChangedDecoder in) {
        if ((in.available() | in.reserved() | in.settling() | in.withdrawing() | in.exiting() | in.owed()) < 0) {
            throw new MalformedMessage("a part of a balance is negative");
        }
        return new Balance(in.available(), in.reserved(), in.settling(), in.withdrawing(), in.exiting(), in.owed());
    }

    static int encode(Event.WithdrawalChanged it, MutableDirectBuffer buffer, int offset) {
        new WithdrawalChangedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .withdrawal(it.withdrawal().value())
                .account(it.account().value())
                .amount(it.amount())
                .deadlineSeconds(it.deadlineSeconds())
                .asset(it.asset().value())
                .state(WireValues.of(it.state()));
        return MessageFrame.HEADER_LENGTH + WithdrawalChangedEncoder.BLOCK_LENGTH;
    }

    static Event.WithdrawalChanged withdrawalChanged(MessageFrame frame) {
        frame.needs(WithdrawalChangedDecoder.BLOCK_LENGTH);
        WithdrawalChangedDecoder in = new WithdrawalChangedDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.WithdrawalChanged(
                new WithdrawalId(in.withdrawal()),
                new AccountId(in.account()),
                new AssetId(in.asset()),
                in.amount(),
                WireValues.withdrawalState(in.state()),
                in.deadlineSeconds());
    }

    static int encode(Event.ExitChanged it, MutableDirectBuffer buffer, int offset) {
        new ExitChangedEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .asset(it.asset().value())
                .exiting(WireValues.of(it.exiting()));
        return MessageFrame.HEADER_LENGTH + ExitChangedEncoder.BLOCK_LENGTH;
    }

    static Event.ExitChanged exitChanged(MessageFrame frame) {
        frame.needs(ExitChangedDecoder.BLOCK_LENGTH);
        ExitChangedDecoder in =
                new ExitChangedDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Event.ExitChanged(
                new AccountId(in.account()), new AssetId(in.asset()), WireValues.flag(in.exiting()));
    }
}
