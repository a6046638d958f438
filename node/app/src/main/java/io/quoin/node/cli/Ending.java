package io.quoin.node.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ends what a command runs when the process is told to end, by Ctrl-C or a signal. A command that fails while that
 * goes on has nothing to say about it.
 */
final class Ending implements AutoCloseable {
    private final Console console;
    private final Runnable end;
    private final Thread hook = new Thread(this::run, "ending");

    private Ending(Console console, Runnable end) {
        this.console = console;
        this.end = end;
    }

    static Ending by(Console console, Runnable end) {
        Ending ending = new Ending(console, end);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** Whether the process is on its way down; true from the very first moment, before any hook has run. */
    static boolean underWay() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    /** Waits until the process is gone, so that nothing more is said. */
    static void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the process is on its way down; the hook does the rest
        }
        end.run();
    }

    private void run() {
        console.arrived();
        console.complain("Ending everything that was started ...");
        end.run();
        console.complain("Ended.");
    }
}
