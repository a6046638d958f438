package io.quoin.node.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What people see: whole lines on standard output, complaints on standard error, and a running clock under the last
 * line while something takes long, on a terminal only. Elsewhere a plain line every ten seconds says that it still
 * runs. ASCII only, because a terminal's encoding cannot be relied upon. Safe to call from any thread.
 */
public final class Console implements AutoCloseable {
    private static final Duration TERMINAL_TICK = Duration.ofMillis(120);
    private static final Duration PLAIN_TICK = Duration.ofSeconds(10);
    private static final String SPINNER = "|/-\\";
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream output;
    private final PrintStream complaints;
    private final boolean terminal;
    private final ScheduledExecutorService ticker;
    private @Nullable String waitingFor;
    private Instant waitingSince = Instant.EPOCH;
    private int turns;

    Console(PrintStream output, PrintStream complaints, boolean terminal) {
        this.output = output;
        this.complaints = complaints;
        this.terminal = terminal;
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("console").factory());
        Duration tick = terminal ? TERMINAL_TICK : PLAIN_TICK;
        var _ = ticker.scheduleAtFixedRate(this::tick, tick.toMillis(), tick.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the console of this process; the launcher says whether it is a terminal. */
    @SuppressWarnings("SystemOut") // the one place that may
    static Console ofProcess(Map<String, String> environment) {
        return new Console(System.out, System.err, "yes".equals(environment.get("QUOIN_TERMINAL")));
    }

    /** Prints a line. */
    public synchronized void line(String text) {
        erase();
        output.println(text);
        output.flush();
    }

    /** Prints a complaint to standard error. */
    public synchronized void complain(String text) {
        erase();
        complaints.println(text);
        complaints.flush();
    }

    /** Shows that something is being waited for, until {@link #arrived}. */
    public synchronized void waiting(String text) {
        if (!text.equals(waitingFor)) {
            waitingFor = text;
            waitingSince = Instant.now();
        }
        if (terminal) {
            draw();
        }
    }

    /** Ends the waiting, whatever it was for. */
    public synchronized void arrived() {
        erase();
        waitingFor = null;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        arrived();
    }

    private synchronized void tick() {
        if (waitingFor == null) {
            return;
        }
        if (terminal) {
            draw();
        } else if (Duration.between(waitingSince, Instant.now()).compareTo(PLAIN_TICK) >= 0) {
            output.println("           ... " + waitingFor + ", " + seconds() + " so far");
            output.flush();
        }
    }

    private void draw() {
        turns = (turns + 1) % SPINNER.length();
        output.print(ERASE + "  " + SPINNER.charAt(turns) + " " + waitingFor + "  " + seconds());
        output.flush();
    }

    private void erase() {
        if (terminal && waitingFor != null) {
            output.print(ERASE);
        }
    }

    private String seconds() {
        return String.format(
                Locale.ROOT,
                "%.1f s",
                Duration.between(waitingSince, Instant.now()).toMillis() / 1000.0);
    }
}
