package io.quoin.chain;

import java.time.Clock;
import java.util.Objects;

/**
 * What an adapter needs from its surroundings.
 *
 * @param cursors where events go
 * @param nonces where actions are kept
 * @param alarms where a person is called
 * @param clock the wall clock, for the ages of actions only
 */
public record ChainPorts(CursorStore cursors, NonceStore nonces, Alarms alarms, Clock clock) {
    /** Takes any ports. */
    public ChainPorts {
        Objects.requireNonNull(cursors, "cursors");
        Objects.requireNonNull(nonces, "nonces");
        Objects.requireNonNull(alarms, "alarms");
        Objects.requireNonNull(clock, "clock");
    }
}
