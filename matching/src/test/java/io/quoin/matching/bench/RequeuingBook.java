package io.quoin.matching.bench;

/** A book that is wrong: an order that is amended down goes to the end of its queue. Nothing shows it but the trades. */
final class RequeuingBook implements StreamBook {
    private final Valve valve;
    private final Checksum checksum;
    private final TreeMapBook book;

    RequeuingBook(Checksum checksum) {
        this.checksum = checksum;
        this.valve = new Valve(checksum);
        this.book = new TreeMapBook(valve);
    }

    @Override
    public void place(long id, int owner, boolean buy, long price, long quantity, boolean immediate) {
        book.place(id, owner, buy, price, quantity, immediate);
    }

    @Override
    public void cancel(long id, int owner) {
        book.cancel(id, owner);
    }

    @Override
    public void move(long id, int owner, boolean buy, long price) {
        book.move(id, owner, buy, price);
    }

    @Override
    public void reduce(long id, int owner, long remaining, long by) {
        TreeMapBook.Order order = book.find(id);
        if (order == null) {
            checksum.rejected(id);
            return;
        }
        valve.open = false;
        book.cancel(id, owner);
        book.place(id, owner, order.buy, order.level.price, remaining, false);
        valve.open = true;
        checksum.reduced(id, by);
    }

    /** Passes on what it is told while it is open. */
    private static final class Valve extends Checksum {
        private final Checksum behind;
        private boolean open = true;

        private Valve(Checksum behind) {
            this.behind = behind;
        }

        @Override
        void trade(long taker, long maker, long price, long quantity) {
            behind.trade(taker, maker, price, quantity);
        }

        @Override
        void cancelled(long id, long quantity) {
            if (open) {
                behind.cancelled(id, quantity);
            }
        }

        @Override
        void expired(long id, long quantity) {
            behind.expired(id, quantity);
        }

        @Override
        void rejected(long id) {
            behind.rejected(id);
        }
    }
}
