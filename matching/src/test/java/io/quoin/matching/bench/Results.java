package io.quoin.matching.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was measured, by stream and engine, in the order in which it was measured. */
final class Results {
    private final Map<String, Map<String, Measured>> byStream = new LinkedHashMap<>();

    /** Returns where an engine's measurements on a stream are collected. */
    Measured of(String stream, String engine) {
        return byStream.computeIfAbsent(stream, _ -> new LinkedHashMap<>())
                .computeIfAbsent(engine, _ -> new Measured());
    }

    /** Returns them if there are any. */
    Optional<Measured> find(String stream, String engine) {
        return Optional.ofNullable(byStream.getOrDefault(stream, Map.of()).get(engine));
    }

    Map<String, Map<String, Measured>> byStream() {
        return byStream;
    }
}
