package io.quoin.node.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command so that nothing that it started outlives the process, when it is told to end by Ctrl-C or a signal
 * at any moment. The process is not gone before the command has noticed, for it may have just launched another one. A
 * command that fails while that goes on has nothing to say about it.
 */
final class Ending {
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(15);

    private final Console console;
    private final Runnable end;
    private final CountDownLatch noticed = new CountDownLatch(1);

    private Ending(Console console, Runnable end) {
        this.console = console;
        this.end = end;
    }

    /**
     * Runs a command and ends what it started, whichever way it goes.
     *
     * @param end ends everything and makes the command return or fail; may be called twice
     * @param command the command
     */
    static <T> T after(Console console, Runnable end, Callable<T> command) throws Exception {
        var ending = new Ending(console, end);
        Thread hook = new Thread(ending::run, "ending");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return command.call();
        } finally {
            ending.noticed.countDown();
            if (underWay()) {
                new CountDownLatch(1).await(); // until the process is gone
            }
            end.run();
            forget(hook);
        }
    }

    private void run() {
        console.arrived();
        console.complain("Ending everything that was started ...");
        end.run();
        try {
            if (!noticed.await(NOTICE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                console.complain("The command does not notice; ending without it.");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        end.run();
        console.complain("Ended.");
    }

    /** Whether the process is on its way down; true from the very first moment, before any hook has run. */
    private static boolean underWay() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the process is on its way down; the hook finds nothing left to end
        }
    }
}
