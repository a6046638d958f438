package io.quoin.matching.bench;

import java.util.List;
import java.util.Optional;

/**
 * An engine of the comparison.
 *
 * @param name what it is called
 * @param role what it is compared as
 * @param factory makes one with an empty book
 */
record Contender(String name, Role role, Factory factory) {
    /** The contender that all others are compared with. */
    static final String BASE = "exchange-core";

    /** What an engine is compared as. */
    enum Role {
        /** Somebody else's book, or the plain one. */
        PEER,
        /** Quoin's book alone. */
        BOOK,
        /** Quoin's whole engine. */
        ENGINE
    }

    /** Makes an engine that replays a stream and tells the checksum what it does; preparing is not timed. */
    @FunctionalInterface
    interface Factory {
        Replay prepare(CommandStream stream, Checksum checksum);
    }

    /** Makes a book that tells the checksum what it does. */
    @FunctionalInterface
    interface BookFactory {
        StreamBook create(Checksum checksum);
    }

    /** All of them. A new one is a line here. */
    private static final List<Contender> ALL = List.of(
            book("quoin-book", Role.BOOK, QuoinBook::new),
            book("treemap", Role.PEER, TreeMapBook::new),
            book(BASE, Role.PEER, ExchangeCoreBook::new),
            book("parity", Role.PEER, ParityBook::new));

    static List<Contender> all() {
        return ALL;
    }

    static Optional<Contender> named(String name) {
        return ALL.stream().filter(contender -> contender.name.equals(name)).findFirst();
    }

    /** Returns a contender that is driven by a call for each command. */
    static Contender book(String name, Role role, BookFactory factory) {
        return new Contender(
                name, role, (stream, checksum) -> new BookReplay(stream, factory.create(checksum), checksum));
    }
}
