package io.quoin.node.demo;

import io.quoin.node.demo.trader.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Tells the steps with the time since the command was given, and keeps when each phase ended. Thread-safe. */
final class Story {
    private final Narrator narrator;
    private final Instant commanded;
    private final Map<Phase, Duration> reached = new EnumMap<>(Phase.class);
    private volatile boolean ended;

    Story(Narrator narrator, Instant commanded) {
        this.narrator = narrator;
        this.commanded = commanded;
    }

    void step(String state, String text) {
        line(stepLine(elapsed(), state, text, ""));
    }

    void step(String state, String text, Receipt receipt) {
        line(stepLine(elapsed(), state, text, transaction(receipt)));
    }

    /** A step whose transaction is known and not mined yet. */
    void sent(String state, String text, String tx) {
        line(stepLine(elapsed(), state, text, tx));
    }

    void line(String text) {
        if (!ended) {
            narrator.line(text);
        }
    }

    /** Does something that may take long, and lets people see that it is going on. */
    <T> T during(String what, Supplier<T> work) {
        if (!ended) {
            narrator.waiting(what);
        }
        try {
            return work.get();
        } finally {
            narrator.arrived();
        }
    }

    synchronized void reached(Phase phase) {
        reached.put(phase, elapsed());
    }

    /** When each phase ended, counted from the command. */
    synchronized Map<Phase, Duration> phases() {
        return new EnumMap<>(reached);
    }

    /** From now on nothing is told: the process is on its way down and what fails now is no news. */
    void end() {
        ended = true;
        narrator.arrived();
    }

    private Duration elapsed() {
        return Duration.between(commanded, Instant.now());
    }

    static String stepLine(Duration elapsed, String state, String text, String transaction) {
        String line = String.format(
                Locale.ROOT, "%7.1f s  %-9s  %-38s %s", elapsed.toMillis() / 1000.0, state, text, transaction);
        return line.stripTrailing();
    }

    private static String transaction(Receipt receipt) {
        return String.format(Locale.ROOT, "%s  gas %,d", receipt.tx(), receipt.gasUsed());
    }
}
