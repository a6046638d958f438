package io.quoin.node.ops;

import io.quoin.node.store.SwitchStore;
import io.quoin.node.store.SwitchStore.Setting;
import io.quoin.signer.caip.ChainId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one registry of what an operator may stop: new locks, a market, a chain. A switch that nobody set is on. No
 * switch stops a release, a refund or a withdrawal. Thread-safe; a change is seen within a second.
 */
public final class Switches {
    /** Locks of new escrows, on every chain. */
    public static final String NEW_LOCKS = "new-locks";

    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Seen(Instant at, Map<String, Setting> settings) {}

    private final SwitchStore store;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(Instant.MIN, Map.of());

    /** Makes the registry. */
    public Switches(SwitchStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Returns the name of a market's switch. */
    public static String market(String symbol) {
        return "market:" + symbol;
    }

    /** Returns the name of a chain's switch. */
    public static String chain(ChainId chain) {
        return "chain:" + chain;
    }

    /** Returns the setting by which one of these switches is off; empty if all are on. */
    public Optional<Setting> off(String... names) {
        Map<String, Setting> settings = settings();
        return List.of(names).stream()
                .flatMap(name -> Optional.ofNullable(settings.get(name)).stream())
                .filter(setting -> !setting.enabled())
                .findFirst();
    }

    /** Returns every switch that was ever set. */
    public List<Setting> all() {
        return settings().values().stream().toList();
    }

    private Map<String, Setting> settings() {
        Seen last = seen;
        Instant now = clock.instant();
        if (last.at().isAfter(now.minus(FRESH))) {
            return last.settings();
        }
        Map<String, Setting> read = store.all().stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        seen = new Seen(now, read);
        return read;
    }
}
