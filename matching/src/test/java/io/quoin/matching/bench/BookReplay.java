package io.quoin.matching.bench;

/** Replays a stream on a book, a call for each command. */
final class BookReplay implements Replay {
    private final CommandStream stream;
    private final StreamBook book;
    private final Checksum checksum;

    BookReplay(CommandStream stream, StreamBook book, Checksum checksum) {
        this.stream = stream;
        this.book = book;
        this.checksum = checksum;
    }

    @Override
    public void replay(int from, int to) {
        for (int i = from; i < to; i++) {
            long id = stream.id(i);
            int owner = stream.owner(i);
            boolean buy = stream.isBuy(i);
            switch (stream.kind(i)) {
                case CommandStream.PLACE -> book.place(id, owner, buy, stream.price(i), stream.quantity(i), false);
                case CommandStream.PLACE_IMMEDIATE ->
                    book.place(id, owner, buy, stream.price(i), stream.quantity(i), true);
                case CommandStream.CANCEL -> book.cancel(id, owner);
                case CommandStream.MOVE -> book.move(id, owner, buy, stream.price(i));
                case CommandStream.REDUCE -> book.reduce(id, owner, stream.quantity(i), stream.reducedBy(i));
                default -> throw new IllegalStateException("no such command: " + stream.describe(i));
            }
        }
    }

    @Override
    public long checksum() {
        return checksum.value();
    }
}
