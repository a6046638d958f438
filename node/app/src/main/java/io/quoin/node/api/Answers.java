package io.quoin.node.api;

import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the sequencer, for a bounded time. Stateless. */
final class Answers {
    private static final long ANSWER_SECONDS = 15;
    private static final long READ_SECONDS = 5;

    private Answers() {}

    /** Waits for what changes nothing: no answer in time is no more than that. */
    static <T> T read(CompletableFuture<T> future) {
        try {
            return await(future, READ_SECONDS);
        } catch (RefusedException e) {
            if (e.refusal().code() == RefusalCode.OUTCOME_UNKNOWN) {
                throw new RefusedException(
                        RefusalCode.NOT_READY,
                        "the node did not answer in time; ask again soon, GET /readyz says more");
            }
            throw e;
        }
    }

    /** Waits for what changes something. */
    static <T> T await(CompletableFuture<T> future) {
        return await(future, ANSWER_SECONDS);
    }

    private static <T> T await(CompletableFuture<T> future, long seconds) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RefusedException refused ? refused : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new RefusedException(
                    RefusalCode.OUTCOME_UNKNOWN,
                    "no answer within " + seconds + " s; ask for it before you send it again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(RefusalCode.OUTCOME_UNKNOWN, "the node is stopping");
        }
    }
}
