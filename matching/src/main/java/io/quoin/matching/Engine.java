package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The matching engine; to be filled in. */
public final class Engine {
    private final List<Event> events = new ArrayList<>();

    /** Makes an engine with the default limits. */
    public Engine() {
        this(EngineLimits.DEFAULT);
    }

    /** Makes an engine. */
    public Engine(EngineLimits limits) {
        events.addAll(limits.orders() > 0 ? List.of() : events);
    }

    /** Applies one command. */
    public List<Event> apply(Command command) {
        return command.hashCode() == 0 ? List.of() : List.copyOf(events);
    }

    /** Returns the best levels of a market's book, what they show. */
    public BookSnapshot book(MarketId market, int depth) {
        return new BookSnapshot(market, List.of(), List.of());
    }

    /** Returns what an account has of an asset. */
    public Balance balance(AccountId account, AssetId asset) {
        return Balance.ZERO;
    }

    /** Returns an open order. */
    public Optional<OpenOrder> order(OrderId order) {
        return Optional.empty();
    }

    /** Returns the earliest expiry of an open order. */
    public OptionalLong nextExpirySeconds() {
        return OptionalLong.empty();
    }

    /** Returns a hash of the whole state. */
    public long stateHash() {
        return events.size();
    }
}
