package io.quoin.matching.bench;

import com.paritytrading.parity.match.OrderBook;
import com.paritytrading.parity.match.OrderBookListener;
import com.paritytrading.parity.match.Side;

/**
 * parity-match 0.7.0. It knows no immediate order: what is left of one is cancelled after it was entered. It knows no
 * move: the order is cancelled and what was left of it entered at the new price. It passes over an unknown id in
 * silence, which counts as a rejection. An id that was filled stays known to it, so that no stream may name one again.
 */
final class ParityBook implements StreamBook, OrderBookListener {
    private final OrderBook book = new OrderBook(this);
    private final Checksum checksum;
    /** What the last command left resting, zero if nothing. */
    private long added;
    /** What the last command cancelled, zero if nothing. */
    private long cancelled;

    ParityBook(Checksum checksum) {
        this.checksum = checksum;
    }

    @Override
    public void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate) {
        added = 0;
        book.enter(id, buy ? Side.BUY : Side.SELL, price, quantity);
        if (immediate && added > 0) {
            book.cancel(id, 0);
            checksum.expired(id, added);
        }
    }

    @Override
    public void cancel(long id, int owner) {
        if (cancelled(id, 0) == 0) {
            checksum.rejected(id);
        } else {
            checksum.cancelled(id, cancelled);
        }
    }

    @Override
    public void move(long id, int owner, boolean buy, long price) {
        if (cancelled(id, 0) == 0) {
            checksum.rejected(id);
        } else {
            book.enter(id, buy ? Side.BUY : Side.SELL, price, cancelled);
        }
    }

    @Override
    public void reduce(long id, int owner, long remaining, long by) {
        if (cancelled(id, remaining) == 0) {
            checksum.rejected(id);
        } else {
            checksum.reduced(id, cancelled);
        }
    }

    private long cancelled(long id, long remaining) {
        cancelled = 0;
        book.cancel(id, remaining);
        return cancelled;
    }

    @Override
    public void match(
            long restingOrderId,
            long incomingOrderId,
            Side incomingSide,
            long price,
            long executedQuantity,
            long remainingQuantity) {
        checksum.trade(incomingOrderId, restingOrderId, price, executedQuantity);
    }

    @Override
    public void add(long orderId, Side side, long price, long size) {
        added = size;
    }

    @Override
    public void cancel(long orderId, long canceledQuantity, long remainingQuantity) {
        cancelled = canceledQuantity;
    }
}
