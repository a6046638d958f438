package io.quoin.matching.bench;

import io.quoin.matching.BookDriver;
import io.quoin.matching.EngineLimits;

/** Quoin's book alone, with every feature compiled in. Its level changes are counted, so that they are not left out. */
final class QuoinBook implements StreamBook {
    private final BookDriver book;
    private final Checksum checksum;
    private long levels;

    QuoinBook(Checksum checksum) {
        this.checksum = checksum;
        this.book = new BookDriver(EngineLimits.DEFAULT, new Hearing());
    }

    @Override
    public void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate) {
        answer(id, book.place(id, owner, buy, price, quantity, immediate));
    }

    @Override
    public void cancel(long id, int owner) {
        answer(id, book.cancel(id, owner));
    }

    @Override
    public void move(long id, int owner, boolean buy, long price) {
        answer(id, book.move(id, owner, price));
    }

    @Override
    public void reduce(long id, int owner, long remaining, long by) {
        answer(id, book.reduce(id, owner, by));
    }

    /** Returns a sum over what levels showed. */
    long levels() {
        return levels;
    }

    private void answer(long id, boolean done) {
        if (!done) {
            checksum.rejected(id);
        }
    }

    private final class Hearing implements BookDriver.Sink {
        @Override
        public void trade(long taker, long maker, long price, long lots) {
            checksum.trade(taker, maker, price, lots);
        }

        @Override
        public void cancelled(long id, long lots) {
            checksum.cancelled(id, lots);
        }

        @Override
        public void expired(long id, long lots) {
            checksum.expired(id, lots);
        }

        @Override
        public void reduced(long id, long lots) {
            checksum.reduced(id, lots);
        }

        @Override
        public void level(long price, long visible) {
            levels += price ^ visible;
        }
    }
}
