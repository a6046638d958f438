package io.quoin.node.sequencer;

import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.RefusedException;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.evm.Bytes32;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What waits for the sequencer's thread. */
sealed interface SequencerTask {
    /** Gives up: nothing was done, or nobody knows. */
    void fail(RefusedException why);

    /** Whether the task may have taken effect when its transaction failed. */
    default boolean changes() {
        return true;
    }

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

    record Withdraw(SubmittedWithdrawal withdrawal, CompletableFuture<WithdrawOutcome> answer)
            implements SequencerTask {
        @Override
        public void fail(RefusedException why) {
            answer.completeExceptionally(why);
        }
    }

    record Query<T>(Function<EngineView, T> question, CompletableFuture<T> answer) implements SequencerTask {
        /** Answers; a question that fails is the asker's trouble, not the sequencer's. */
        void run(EngineView view) {
            try {
                answer.complete(question.apply(view));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        @Override
        public void fail(RefusedException why) {
            answer.completeExceptionally(why);
        }

        @Override
        public boolean changes() {
            return false;
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
