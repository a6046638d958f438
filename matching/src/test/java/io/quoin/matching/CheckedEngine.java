package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** An engine whose every answer is checked against what its events say, see {@link EventBook}. */
final class CheckedEngine {
    private final Engine engine = new Engine();
    private final EventBook eventBook = new EventBook();
    private long hash = engine.stateHash();

    List<Event> apply(Command command) {
        List<Event> events = engine.apply(command);
        eventBook.follow(command, events);
        eventBook.compareWith(engine);
        long after = engine.stateHash();
        if (events.stream().anyMatch(Event.CommandRefused.class::isInstance)) {
            assertThat(after).as("a refused command changes nothing").isEqualTo(hash);
        }
        hash = after;
        return events;
    }

    Engine engine() {
        return engine;
    }
}
