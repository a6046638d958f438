package io.quoin.matching;

import io.quoin.matching.sbe.CancelExitDecoder;
import io.quoin.matching.sbe.CancelExitEncoder;
import io.quoin.matching.sbe.CoSignWithdrawalDecoder;
import io.quoin.matching.sbe.CoSignWithdrawalEncoder;
import io.quoin.matching.sbe.CreditDecoder;
import io.quoin.matching.sbe.CreditEncoder;
import io.quoin.matching.sbe.DebitDecoder;
import io.quoin.matching.sbe.DebitEncoder;
import io.quoin.matching.sbe.ExpireWithdrawalDecoder;
import io.quoin.matching.sbe.ExpireWithdrawalEncoder;
import io.quoin.matching.sbe.FinaliseExitDecoder;
import io.quoin.matching.sbe.FinaliseExitEncoder;
import io.quoin.matching.sbe.FinaliseWithdrawalDecoder;
import io.quoin.matching.sbe.FinaliseWithdrawalEncoder;
import io.quoin.matching.sbe.ForfeitFillDecoder;
import io.quoin.matching.sbe.ForfeitFillEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.RequestExitDecoder;
import io.quoin.matching.sbe.RequestExitEncoder;
import io.quoin.matching.sbe.RequestWithdrawalDecoder;
import io.quoin.matching.sbe.RequestWithdrawalEncoder;
import io.quoin.matching.sbe.ReturnFillDecoder;
import io.quoin.matching.sbe.ReturnFillEncoder;
import io.quoin.matching.sbe.SettleFillDecoder;
import io.quoin.matching.sbe.SettleFillEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes and reads the commands about balances, fills, withdrawals and exits. */
final class FundsCommandCodec {
    private FundsCommandCodec() {}

    static int encode(Command.Credit it, MutableDirectBuffer buffer, int offset) {
        new CreditEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .amount(it.amount())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + CreditEncoder.BLOCK_LENGTH;
    }

    static Command.Credit credit(MessageFrame frame) {
        frame.needs(CreditDecoder.BLOCK_LENGTH);
        CreditDecoder in =
                new CreditDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.Credit(new AccountId(in.account()), new AssetId(in.asset()), in.amount());
    }

    static int encode(Command.Debit it, MutableDirectBuffer buffer, int offset) {
        new DebitEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .amount(it.amount())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + DebitEncoder.BLOCK_LENGTH;
    }

    static Command.Debit debit(MessageFrame frame) {
        frame.needs(DebitDecoder.BLOCK_LENGTH);
        DebitDecoder in = new DebitDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.Debit(new AccountId(in.account()), new AssetId(in.asset()), in.amount());
    }

    static int encode(Command.SettleFill it, MutableDirectBuffer buffer, int offset) {
        new SettleFillEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value());
        return MessageFrame.HEADER_LENGTH + SettleFillEncoder.BLOCK_LENGTH;
    }

    static Command.SettleFill settleFill(MessageFrame frame) {
        frame.needs(SettleFillDecoder.BLOCK_LENGTH);
        SettleFillDecoder in =
                new SettleFillDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.SettleFill(new FillId(in.fill()));
    }

    static int encode(Command.ReturnFill it, MutableDirectBuffer buffer, int offset) {
        new ReturnFillEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value());
        return MessageFrame.HEADER_LENGTH + ReturnFillEncoder.BLOCK_LENGTH;
    }

    static Command.ReturnFill returnFill(MessageFrame frame) {
        frame.needs(ReturnFillDecoder.BLOCK_LENGTH);
        ReturnFillDecoder in =
                new ReturnFillDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.ReturnFill(new FillId(in.fill()));
    }

    static int encode(Command.ForfeitFill it, MutableDirectBuffer buffer, int offset) {
        new ForfeitFillEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fill(it.fill().value());
        return MessageFrame.HEADER_LENGTH + ForfeitFillEncoder.BLOCK_LENGTH;
    }

    static Command.ForfeitFill forfeitFill(MessageFrame frame) {
        frame.needs(ForfeitFillDecoder.BLOCK_LENGTH);
        ForfeitFillDecoder in =
                new ForfeitFillDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.ForfeitFill(new FillId(in.fill()));
    }

    static int encode(Command.RequestWithdrawal it, MutableDirectBuffer buffer, int offset) {
        new RequestWithdrawalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .withdrawal(it.withdrawal().value())
                .account(it.account().value())
                .amount(it.amount())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + RequestWithdrawalEncoder.BLOCK_LENGTH;
    }

    static Command.RequestWithdrawal requestWithdrawal(MessageFrame frame) {
        frame.needs(RequestWithdrawalDecoder.BLOCK_LENGTH);
        RequestWithdrawalDecoder in = new RequestWithdrawalDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.RequestWithdrawal(
                new WithdrawalId(in.withdrawal()), new AccountId(in.account()), new AssetId(in.asset()), in.amount());
    }

    static int encode(Command.CoSignWithdrawal it, MutableDirectBuffer buffer, int offset) {
        new CoSignWithdrawalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .withdrawal(it.withdrawal().value())
                .deadlineSeconds(it.deadlineSeconds());
        return MessageFrame.HEADER_LENGTH + CoSignWithdrawalEncoder.BLOCK_LENGTH;
    }

    static Command.CoSignWithdrawal coSignWithdrawal(MessageFrame frame) {
        frame.needs(CoSignWithdrawalDecoder.BLOCK_LENGTH);
        CoSignWithdrawalDecoder in =
                new CoSignWithdrawalDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.CoSignWithdrawal(new WithdrawalId(in.withdrawal()), in.deadlineSeconds());
    }

    static int encode(Command.ExpireWithdrawal it, MutableDirectBuffer buffer, int offset) {
        new ExpireWithdrawalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .withdrawal(it.withdrawal().value())
                .finalBlockSeconds(it.finalBlockSeconds());
        return MessageFrame.HEADER_LENGTH + ExpireWithdrawalEncoder.BLOCK_LENGTH;
    }

    static Command.ExpireWithdrawal expireWithdrawal(MessageFrame frame) {
        frame.needs(ExpireWithdrawalDecoder.BLOCK_LENGTH);
        ExpireWithdrawalDecoder in =
                new ExpireWithdrawalDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.ExpireWithdrawal(new WithdrawalId(in.withdrawal()), in.finalBlockSeconds());
    }

    static int encode(Command.FinaliseWithdrawal it, MutableDirectBuffer buffer, int offset) {
        new FinaliseWithdrawalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .withdrawal(it.withdrawal().value());
        return MessageFrame.HEADER_LENGTH + FinaliseWithdrawalEncoder.BLOCK_LENGTH;
    }

    static Command.FinaliseWithdrawal finaliseWithdrawal(MessageFrame frame) {
        frame.needs(FinaliseWithdrawalDecoder.BLOCK_LENGTH);
        FinaliseWithdrawalDecoder in = new FinaliseWithdrawalDecoder()
                .wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.FinaliseWithdrawal(new WithdrawalId(in.withdrawal()));
    }

    static int encode(Command.RequestExit it, MutableDirectBuffer buffer, int offset) {
        new RequestExitEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + RequestExitEncoder.BLOCK_LENGTH;
    }

    static Command.RequestExit requestExit(MessageFrame frame) {
        frame.needs(RequestExitDecoder.BLOCK_LENGTH);
        RequestExitDecoder in =
                new RequestExitDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.RequestExit(new AccountId(in.account()), new AssetId(in.asset()));
    }

    static int encode(Command.CancelExit it, MutableDirectBuffer buffer, int offset) {
        new CancelExitEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + CancelExitEncoder.BLOCK_LENGTH;
    }

    static Command.CancelExit cancelExit(MessageFrame frame) {
        frame.needs(CancelExitDecoder.BLOCK_LENGTH);
        CancelExitDecoder in =
                new CancelExitDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.CancelExit(new AccountId(in.account()), new AssetId(in.asset()));
    }

    static int encode(Command.FinaliseExit it, MutableDirectBuffer buffer, int offset) {
        new FinaliseExitEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .account(it.account().value())
                .amount(it.amount())
                .asset(it.asset().value());
        return MessageFrame.HEADER_LENGTH + FinaliseExitEncoder.BLOCK_LENGTH;
    }

    static Command.FinaliseExit finaliseExit(MessageFrame frame) {
        frame.needs(FinaliseExitDecoder.BLOCK_LENGTH);
        FinaliseExitDecoder in =
                new FinaliseExitDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        return new Command.FinaliseExit(new AccountId(in.account()), new AssetId(in.asset()), in.amount());
    }
}
