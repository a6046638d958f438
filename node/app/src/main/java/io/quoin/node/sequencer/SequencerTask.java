package io.quoin.node.sequencer;

import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.evm.Bytes32;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What waits for the sequencer's thread. */
sealed interface SequencerTask {
    /** Gives up: nothing was done, or nobody knows. */
    void fail(RefusedException why);

    record Place(SubmittedOrder order, CompletableFuture<PlaceOutcome> answer) implements SequencerTask {
        @Override
        public void fail(RefusedException why) {
            answer.completeExceptionally(why);
        }
    }

    record Cancel(Bytes32 order, CompletableFuture<CancelOutcome> answer) implements SequencerTask {
        @Override
        public void fail(RefusedException why) {
            answer.completeExceptionally(why);
        }
    }

    record Query<T>(Function<EngineView, T> question, CompletableFuture<T> answer) implements SequencerTask {
        void run(EngineView view) {
            answer.complete(question.apply(view));
        }

        @Override
        public void fail(RefusedException why) {
            answer.completeExceptionally(why);
        }
    }

    /** Something may be waiting in the inbox. */
    record Wake() implements SequencerTask {
        @Override
        public void fail(RefusedException why) {
            // Nobody waits for an answer; the inbox is looked at again anyway.
        }
    }
}
