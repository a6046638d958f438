package io.quoin.matching.bench;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.matching.Command;
import io.quoin.matching.CommandCodec;
import io.quoin.matching.Engine;
import io.quoin.matching.EngineLimits;
import io.quoin.matching.Event;
import io.quoin.matching.FeeTerms;
import io.quoin.matching.FillId;
import io.quoin.matching.MarketId;
import io.quoin.matching.MarketSpec;
import io.quoin.matching.sbe.AmendRejectedDecoder;
import io.quoin.matching.sbe.CommandRefusedDecoder;
import io.quoin.matching.sbe.FilledDecoder;
import io.quoin.matching.sbe.MessageHeaderDecoder;
import io.quoin.matching.sbe.OrderCancelledDecoder;
import io.quoin.matching.sbe.OrderReducedDecoder;
import io.quoin.matching.sbe.OrderRejectedDecoder;
import io.quoin.matching.sbe.SettleFillEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Quoin's whole engine: commands as SBE messages; balances, fees with a rebate, self-trade prevention; events as SBE
 * messages, which are read again for the checksum. Every fill is settled by a command of its own, some thousand fills
 * later: within the measured time, but not counted as a command.
 */
final class QuoinEngine implements Replay {
    private static final EngineLimits LIMITS = new EngineLimits(4_000_000, 65_536, 4_000, 100_000, 1_000, 1, 1_000);
    private static final MarketId MARKET = new MarketId(1);
    private static final AssetId BASE = new AssetId(1);
    private static final AssetId QUOTE = new AssetId(2);
    private static final long HOUSE = 1L << 40;
    private static final long PLENTY = 1L << 50;
    private static final int UNSETTLED = 4_096;
    private static final byte UNFILLED = 6; // the wire value of CancelReason.UNFILLED
    private static final VarHandle NUMBERS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHORT = 0xFFFF;
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private static @Nullable EncodedStream last; // a JVM replays one stream many times

    private final Engine engine = new Engine(LIMITS);
    private final EncodedStream commands;
    private final CommandStream stream;
    private final Checksum checksum;
    private final UnsafeBuffer settlement = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);
    private final int settlementLength;
    private long fills;
    private long settled;

    QuoinEngine(CommandStream stream, Checksum checksum) {
        this.commands = encoded(stream);
        this.stream = stream;
        this.checksum = checksum;
        this.settlementLength = CommandCodec.encode(new Command.SettleFill(new FillId(1)), settlement, 0);
        apply(new Command.OpenMarket(
                new MarketSpec(MARKET, BASE, QUOTE, 1_000, 10).with(new FeeTerms(-1, 5, new AccountId(HOUSE)))));
        for (int owner = 1; owner <= CommandStream.ACCOUNTS; owner++) {
            apply(new Command.Credit(new AccountId(owner), BASE, PLENTY));
            apply(new Command.Credit(new AccountId(owner), QUOTE, PLENTY));
        }
    }

    private static synchronized EncodedStream encoded(CommandStream stream) {
        EncodedStream known = last;
        if (known == null || known.stream() != stream) {
            known = new EncodedStream(stream, MARKET);
            last = known;
        }
        return known;
    }

    private void apply(Command command) {
        List<Event> events = engine.apply(command);
        if (events.getFirst() instanceof Event.CommandRefused(var reason)) {
            throw new IllegalStateException(command + " is refused: " + reason);
        }
    }

    @Override
    public void replay(int from, int to) {
        for (int i = from; i < to; i++) {
            int length = engine.apply(commands.buffer(i), commands.offset(i), commands.length(i));
            read(engine.events(), length, stream.id(i));
            while (fills - settled > UNSETTLED) {
                settlement.putLong(HEADER + SettleFillEncoder.fillEncodingOffset(), ++settled, ByteOrder.LITTLE_ENDIAN);
                engine.apply(settlement, 0, settlementLength);
            }
        }
    }

    @Override
    public long checksum() {
        return checksum.value();
    }

    private void read(DirectBuffer events, int length, long id) {
        byte[] bytes = events.byteArray();
        int next;
        for (int at = 0; at < length; at = next) {
            long header = number(bytes, at); // four numbers of 16 bits
            int block = at + HEADER;
            next = block + ((int) header & SHORT);
            switch ((int) (header >>> Short.SIZE) & SHORT) {
                case FilledDecoder.TEMPLATE_ID -> {
                    fills++;
                    checksum.trade(
                            number(bytes, block + FilledDecoder.takerEncodingOffset()) & ~1,
                            number(bytes, block + FilledDecoder.makerEncodingOffset()) & ~1,
                            number(bytes, block + FilledDecoder.priceTicksEncodingOffset()),
                            number(bytes, block + FilledDecoder.quantityLotsEncodingOffset()));
                }
                case OrderCancelledDecoder.TEMPLATE_ID -> {
                    long lots = number(bytes, block + OrderCancelledDecoder.remainingLotsEncodingOffset());
                    if (bytes[block + OrderCancelledDecoder.reasonEncodingOffset()] == UNFILLED) {
                        checksum.expired(id, lots);
                    } else {
                        checksum.cancelled(id, lots);
                    }
                }
                case OrderReducedDecoder.TEMPLATE_ID ->
                    checksum.reduced(id, number(bytes, block + OrderReducedDecoder.reducedLotsEncodingOffset()));
                case OrderRejectedDecoder.TEMPLATE_ID,
                        AmendRejectedDecoder.TEMPLATE_ID,
                        CommandRefusedDecoder.TEMPLATE_ID -> checksum.rejected(id);
                default -> {}
            }
        }
    }

    private static long number(byte[] bytes, int at) {
        return (long) NUMBERS.get(bytes, at);
    }
}
