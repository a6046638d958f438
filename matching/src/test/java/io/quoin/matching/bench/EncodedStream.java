package io.quoin.matching.bench;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.matching.CommandCodec;
import io.quoin.matching.MarketId;
import io.quoin.matching.OrderId;
import io.quoin.matching.OrderLabels;
import io.quoin.matching.OrderTerms;
import io.quoin.matching.Side;
import io.quoin.matching.TimeInForce;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A stream as SBE messages, encoded before the time is taken. A plain book goes along, for an amend names the quantity
 * that an order is to have, and a move gives it a new id (protocol R3): the odd one beside its even one, and back.
 */
final class EncodedStream {
    private static final int BLOCK_BITS = 20;

    private final MarketId market;
    private final CommandStream stream;
    private final UnsafeBuffer[] blocks;
    private final int[] offsets;
    private final short[] lengths;

    /** What the engine calls an order now, and the quantity that it has under that name. */
    private static final class Named {
        private long id;
        private long total;
    }

    EncodedStream(CommandStream stream, MarketId market) {
        this.stream = stream;
        this.market = market;
        this.offsets = new int[stream.size()];
        this.lengths = new short[stream.size()];
        this.blocks = new UnsafeBuffer[((stream.size() - 1) >> BLOCK_BITS) + 1];
        encode();
    }

    CommandStream stream() {
        return stream;
    }

    UnsafeBuffer buffer(int position) {
        return blocks[position >> BLOCK_BITS];
    }

    int offset(int position) {
        return offsets[position];
    }

    int length(int position) {
        return lengths[position];
    }

    private void encode() {
        Map<Long, Named> names = new HashMap<>();
        TreeMapBook book = new TreeMapBook(new Checksum());
        BookReplay along = new BookReplay(stream, book, new Checksum());
        UnsafeBuffer scratch = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH << BLOCK_BITS]);
        for (int block = 0; block < blocks.length; block++) {
            int length = 0;
            int end = Math.min(stream.size(), (block + 1) << BLOCK_BITS);
            for (int i = block << BLOCK_BITS; i < end; i++) {
                offsets[i] = length;
                lengths[i] = (short) CommandCodec.encode(command(i, names, book), scratch, length);
                length += lengths[i];
                along.replay(i, i + 1);
            }
            byte[] exact = new byte[length];
            scratch.getBytes(0, exact);
            blocks[block] = new UnsafeBuffer(exact);
        }
    }

    private Command command(int i, Map<Long, Named> names, TreeMapBook book) {
        AccountId account = new AccountId(stream.owner(i));
        return switch (stream.kind(i)) {
            case CommandStream.PLACE -> place(i, account, TimeInForce.GTC, names);
            case CommandStream.PLACE_IMMEDIATE -> place(i, account, TimeInForce.IOC, names);
            case CommandStream.CANCEL -> new Command.CancelOrder(new OrderId(named(i, names).id), account);
            case CommandStream.MOVE -> move(i, account, named(i, names), book);
            case CommandStream.REDUCE -> reduce(i, account, named(i, names), book);
            default -> throw new IllegalStateException("no such command: " + stream.describe(i));
        };
    }

    private Command place(int i, AccountId account, TimeInForce timeInForce, Map<Long, Named> names) {
        Named named = named(i, names);
        named.total = stream.quantity(i);
        Side side = stream.isBuy(i) ? Side.BUY : Side.SELL;
        OrderTerms terms =
                OrderTerms.limit(side, stream.price(i), stream.quantity(i)).timeInForce(timeInForce);
        return new Command.PlaceOrder(new OrderId(named.id), market, account, terms, OrderLabels.NONE);
    }

    private Command move(int i, AccountId account, Named named, TreeMapBook book) {
        TreeMapBook.Order resting = book.find(stream.id(i));
        long old = named.id;
        named.id = old ^ 1;
        named.total = resting == null ? 1 : resting.remaining;
        return new Command.AmendOrder(
                new OrderId(old), new OrderId(named.id), account, stream.price(i), named.total, 0, 0, 0);
    }

    private Command reduce(int i, AccountId account, Named named, TreeMapBook book) {
        TreeMapBook.Order resting = book.find(stream.id(i));
        if (resting == null) {
            throw new IllegalStateException("nothing rests to be reduced: " + stream.describe(i));
        }
        named.total -= stream.reducedBy(i);
        OrderId order = new OrderId(named.id);
        return new Command.AmendOrder(order, order, account, resting.level.price, named.total, 0, 0, 0);
    }

    private Named named(int i, Map<Long, Named> names) {
        return names.computeIfAbsent(stream.id(i), id -> {
            Named named = new Named();
            named.id = id;
            return named;
        });
    }
}
