package io.quoin.matching.bench;

import io.quoin.matching.BookDriver;
import io.quoin.matching.EngineLimits;

/** Quoin's book alone, with every feature compiled in. An account is its row, which the engine finds before the book is asked. */
final class QuoinBook implements StreamBook {
    private static final EngineLimits LIMITS = new EngineLimits(4_000_000, 65_536, 4_000, 4_000_000, 1_000, 1, 1_000);

    private final BookDriver book;
    private final Checksum checksum;
    private final int[] accounts = new int[CommandStream.ACCOUNTS + 1];

    QuoinBook(Checksum checksum) {
        this.checksum = checksum;
        this.book = new BookDriver(LIMITS, new Hearing());
        for (int owner = 1; owner < accounts.length; owner++) {
            accounts[owner] = book.account(owner);
        }
    }

    @Override
    public void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate) {
        answer(id, book.place(id, accounts[owner], buy, price, quantity, immediate));
    }

    @Override
    public void cancel(long id, int owner) {
        answer(id, book.cancel(id, accounts[owner]));
    }

    @Override
    public void move(long id, int owner, boolean buy, long price) {
        answer(id, book.move(id, accounts[owner], price));
    }

    @Override
    public void reduce(long id, int owner, long remaining, long by) {
        answer(id, book.reduce(id, accounts[owner], by));
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
    }
}
