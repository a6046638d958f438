package io.quoin.node.demo.trader;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks again and again until there is an answer. Stateless; safe to call from any thread. */
public final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Patience() {}

    /**
     * Returns the first answer that is present.
     *
     * @param what what is waited for, for the message
     * @param limit how long to go on asking
     * @throws TraderException when the limit has passed, or the thread is interrupted
     */
    public static <T> T until(String what, Duration limit, Supplier<Optional<T>> question) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > end) {
                throw new TraderException("waited " + limit.toSeconds() + " s for " + what + ", in vain");
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new TraderException("interrupted while waiting for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
