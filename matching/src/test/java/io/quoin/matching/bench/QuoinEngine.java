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
    private static final short UNFILLED = 6; // the wire value of CancelReason.UNFILLED
    private static final int SHORT = 0xFFFF;
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private static @Nullable EncodedStream last; // a JVM replays one stream many times

    private final Engine engine = new Engine(LIMITS);
    private final EncodedStream commands;
    private final CommandStream stream;
    private final Checksum checksum;
    private final UnsafeBuffer settlement = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);
    private final int settlementLength;
    private final FilledDecoder filled = new FilledDecoder();
    private final OrderCancelledDecoder cancelled = new OrderCancelledDecoder();
    private final OrderReducedDecoder reduced = new OrderReducedDecoder();
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
        int next;
        for (int at = 0; at < length; at = next) {
            long header = events.getLong(at, ByteOrder.LITTLE_ENDIAN); // four numbers of 16 bits
            int block = at + HEADER;
            int blockLength = (int) header & SHORT;
            next = block + blockLength;
            switch ((int) (header >>> Short.SIZE) & SHORT) {
                case FilledDecoder.TEMPLATE_ID -> {
                    filled.wrap(events, block, blockLength, MessageHeaderDecoder.SCHEMA_VERSION);
                    fills++;
                    checksum.trade(
                            filled.taker() & ~1, filled.maker() & ~1, filled.priceTicks(), filled.quantityLots());
                }
                case OrderCancelledDecoder.TEMPLATE_ID -> {
                    cancelled.wrap(events, block, blockLength, MessageHeaderDecoder.SCHEMA_VERSION);
                    if (cancelled.reason() == UNFILLED) {
                        checksum.expired(id, cancelled.remainingLots());
                    } else {
                        checksum.cancelled(id, cancelled.remainingLots());
                    }
                }
                case OrderReducedDecoder.TEMPLATE_ID -> {
                    reduced.wrap(events, block, blockLength, MessageHeaderDecoder.SCHEMA_VERSION);
                    checksum.reduced(id, reduced.reducedLots());
                }
                case OrderRejectedDecoder.TEMPLATE_ID,
                        AmendRejectedDecoder.TEMPLATE_ID,
                        CommandRefusedDecoder.TEMPLATE_ID -> checksum.rejected(id);
                default -> {}
            }
        }
    }
}
