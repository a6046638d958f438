package io.quoin.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which alarms stand. For tests only. */
public final class RecordedAlarms implements Alarms {
    private final Map<String, String> standing = new ConcurrentHashMap<>();
    private final List<String> raised = new CopyOnWriteArrayList<>();

    @Override
    public void raise(String alarm, String text) {
        raised.add(alarm);
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

    /** Whether the alarm was ever raised, also when it was cleared since. */
    public boolean wasRaised(String alarm) {
        return raised.contains(alarm);
    }
}
