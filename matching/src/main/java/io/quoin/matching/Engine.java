package io.quoin.matching;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Stub. */
@SuppressWarnings("DoNotCallSuggester")
public final class Engine {
    /** Makes an engine without markets or balances. */
    public Engine() {}

    /** Applies a command. */
    public List<Event> apply(Command command) {
        throw new UnsupportedOperationException("not built yet: " + command);
    }

    /** Returns the best levels of a market's book. */
    public BookSnapshot book(MarketId market, int depth) {
        throw new UnsupportedOperationException("not built yet: " + market + depth);
    }

    /** Returns what an account has of an asset. */
    public Balance balance(AccountId account, AssetId asset) {
        throw new UnsupportedOperationException("not built yet: " + account + asset);
    }

    /** Returns an open order. */
    public Optional<OpenOrder> order(OrderId order) {
        throw new UnsupportedOperationException("not built yet: " + order);
    }

    /** Returns the earliest expiry of an open order. */
    public OptionalLong nextExpirySeconds() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Returns a hash of the whole state. */
    public long stateHash() {
        throw new UnsupportedOperationException("not built yet");
    }
}
