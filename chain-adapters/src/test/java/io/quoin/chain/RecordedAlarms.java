package io.quoin.chain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which alarms stand. For tests only. */
public final class RecordedAlarms implements Alarms {
    private final Map<String, String> standing = new ConcurrentHashMap<>();

    @Override
    public void raise(String alarm, String text) {
        standing.put(alarm, text);
    }

    @Override
    public void clear(String alarm) {
        standing.remove(alarm);
    }

    /** The alarm's text, or empty when it does not stand. */
    public Optional<String> text(String alarm) {
        return Optional.ofNullable(standing.get(alarm));
    }
}
