package io.quoin.matching;

import io.quoin.matching.sbe.AdvanceTimeDecoder;
import io.quoin.matching.sbe.AmendOrderDecoder;
import io.quoin.matching.sbe.CancelAllDecoder;
import io.quoin.matching.sbe.CancelExitDecoder;
import io.quoin.matching.sbe.CancelOrderDecoder;
import io.quoin.matching.sbe.CoSignWithdrawalDecoder;
import io.quoin.matching.sbe.CreditDecoder;
import io.quoin.matching.sbe.DebitDecoder;
import io.quoin.matching.sbe.ExpireWithdrawalDecoder;
import io.quoin.matching.sbe.FinaliseExitDecoder;
import io.quoin.matching.sbe.FinaliseWithdrawalDecoder;
import io.quoin.matching.sbe.ForfeitFillDecoder;
import io.quoin.matching.sbe.OpenMarketDecoder;
import io.quoin.matching.sbe.PlaceOrderDecoder;
import io.quoin.matching.sbe.RequestExitDecoder;
import io.quoin.matching.sbe.RequestWithdrawalDecoder;
import io.quoin.matching.sbe.ReturnFillDecoder;
import io.quoin.matching.sbe.SetMarketStateDecoder;
import io.quoin.matching.sbe.SetReferencePriceDecoder;
import io.quoin.matching.sbe.SettleFillDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes {@link Command}s as SBE messages of {@code quoin-matching.xml}, and reads them. Each is a header of 8 bytes
 * and a block of a length that depends on nothing but the kind of command. May be used by many threads.
 */
public final class CommandCodec {
    /** The length of the longest command, header included: that of {@link Command.OpenMarket}. */
    public static final int MAX_LENGTH = MessageFrame.HEADER_LENGTH + OpenMarketDecoder.BLOCK_LENGTH;

    private CommandCodec() {}

    /**
     * Writes a command.
     *
     * @param buffer where to; it must have, or be able to grow to, {@link #MAX_LENGTH} bytes from the offset
     * @return how many bytes were written, header included
     * @throws IndexOutOfBoundsException if the buffer is too short
     */
    public static int encode(Command command, MutableDirectBuffer buffer, int offset) {
        return switch (command) {
            case Command.OpenMarket it -> MarketCommandCodec.encode(it, buffer, offset);
            case Command.SetMarketState it -> MarketCommandCodec.encode(it, buffer, offset);
            case Command.SetReferencePrice it -> MarketCommandCodec.encode(it, buffer, offset);
            case Command.AdvanceTime it -> MarketCommandCodec.encode(it, buffer, offset);
            case Command.Credit it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.Debit it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.PlaceOrder it -> OrderCommandCodec.encode(it, buffer, offset);
            case Command.AmendOrder it -> OrderCommandCodec.encode(it, buffer, offset);
            case Command.CancelOrder it -> OrderCommandCodec.encode(it, buffer, offset);
            case Command.CancelAll it -> OrderCommandCodec.encode(it, buffer, offset);
            case Command.SettleFill it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.ReturnFill it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.ForfeitFill it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.RequestWithdrawal it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.CoSignWithdrawal it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.ExpireWithdrawal it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.FinaliseWithdrawal it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.RequestExit it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.CancelExit it -> FundsCommandCodec.encode(it, buffer, offset);
            case Command.FinaliseExit it -> FundsCommandCodec.encode(it, buffer, offset);
        };
    }

    /**
     * Reads a command.
     *
     * @param length how many bytes the command has, header included
     * @throws MalformedMessage if the bytes are not exactly one command of this version of the schema
     */
    public static Command decode(DirectBuffer buffer, int offset, int length) {
        MessageFrame frame = MessageFrame.read(buffer, offset, length);
        if (frame.end() != offset + length) {
            throw new MalformedMessage((offset + length - frame.end()) + " bytes follow the command");
        }
        return switch (frame.templateId()) {
            case OpenMarketDecoder.TEMPLATE_ID -> MarketCommandCodec.openMarket(frame);
            case SetMarketStateDecoder.TEMPLATE_ID -> MarketCommandCodec.setMarketState(frame);
            case SetReferencePriceDecoder.TEMPLATE_ID -> MarketCommandCodec.setReferencePrice(frame);
            case AdvanceTimeDecoder.TEMPLATE_ID -> MarketCommandCodec.advanceTime(frame);
            case CreditDecoder.TEMPLATE_ID -> FundsCommandCodec.credit(frame);
            case DebitDecoder.TEMPLATE_ID -> FundsCommandCodec.debit(frame);
            case PlaceOrderDecoder.TEMPLATE_ID -> OrderCommandCodec.placeOrder(frame);
            case AmendOrderDecoder.TEMPLATE_ID -> OrderCommandCodec.amendOrder(frame);
            case CancelOrderDecoder.TEMPLATE_ID -> OrderCommandCodec.cancelOrder(frame);
            case CancelAllDecoder.TEMPLATE_ID -> OrderCommandCodec.cancelAll(frame);
            case SettleFillDecoder.TEMPLATE_ID -> FundsCommandCodec.settleFill(frame);
            case ReturnFillDecoder.TEMPLATE_ID -> FundsCommandCodec.returnFill(frame);
            case ForfeitFillDecoder.TEMPLATE_ID -> FundsCommandCodec.forfeitFill(frame);
            case RequestWithdrawalDecoder.TEMPLATE_ID -> FundsCommandCodec.requestWithdrawal(frame);
            case CoSignWithdrawalDecoder.TEMPLATE_ID -> FundsCommandCodec.coSignWithdrawal(frame);
            case ExpireWithdrawalDecoder.TEMPLATE_ID -> FundsCommandCodec.expireWithdrawal(frame);
            case FinaliseWithdrawalDecoder.TEMPLATE_ID -> FundsCommandCodec.finaliseWithdrawal(frame);
            case RequestExitDecoder.TEMPLATE_ID -> FundsCommandCodec.requestExit(frame);
            case CancelExitDecoder.TEMPLATE_ID -> FundsCommandCodec.cancelExit(frame);
            case FinaliseExitDecoder.TEMPLATE_ID -> FundsCommandCodec.finaliseExit(frame);
            default -> throw new MalformedMessage("message " + frame.templateId() + " is no command");
        };
    }
}
