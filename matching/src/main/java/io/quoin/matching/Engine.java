package io.quoin.matching;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Skeleton. */
public final class Engine {
    public Engine() {}

    public Engine(EngineLimits limits) {}

    public List<Event> apply(Command command) {
        return absent();
    }

    public BookSnapshot book(MarketId market, int depth) {
        return absent();
    }

    public Balance balance(AccountId account, AssetId asset) {
        return absent();
    }

    public Optional<OpenOrder> order(OrderId order) {
        return absent();
    }

    public OptionalLong nextExpirySeconds() {
        return absent();
    }

    private static <T> T absent() {
        if (System.nanoTime() != 0) {
            throw new UnsupportedOperationException("not built yet");
        }
        return java.util.Objects.requireNonNull(null);
    }

    public long stateHash() {
        return Engine.<Long>absent();
    }
}
