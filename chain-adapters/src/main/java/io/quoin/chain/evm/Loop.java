package io.quoin.chain.evm;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes one step again and again in a virtual thread of its own, until closed. A step says how long to wait until the
 * next; {@link #wake} ends the wait early. A step that throws is taken again after a pause that doubles.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Duration> step;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private Duration pause = PAUSE_MIN;

    Loop(String name, Supplier<Duration> step) {
        this.name = name;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** No further step is begun; returns at once. */
    void stop() {
        closed = true;
        wakeUps.release();
    }

    boolean isStopped() {
        return closed;
    }

    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Waits for the step under way; interrupts it only when it takes very long. */
    @Override
    public void close() {
        stop();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(END_PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                await(oneStep());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration oneStep() {
        try {
            Duration wait = step.get();
            pause = PAUSE_MIN;
            return wait;
        } catch (RuntimeException failed) {
            Duration wait = pause;
            boolean first = wait.equals(PAUSE_MIN);
            pause = wait.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? wait.multipliedBy(2) : PAUSE_MAX;
            if (!closed) {
                LOG.atLevel(first ? Level.WARN : Level.DEBUG)
                        .addKeyValue("loop", name)
                        .addKeyValue("cause", failed)
                        .log("chain.step-failed, is tried again");
            }
            return wait;
        }
    }

    private void await(Duration wait) throws InterruptedException {
        boolean woken = wakeUps.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (woken) {
            wakeUps.drainPermits();
        }
    }
}
