package io.quoin.chain;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a chain's adapter is doing.
 *
 * @param state in one word
 * @param text in a sentence, with the RPC's URL but no credentials
 * @param view what was last seen of the chain, empty before the first answer
 */
public record ChainHealth(State state, String text, Optional<View> view) {
    /** How a chain's adapter is doing, in one word. */
    public enum State {
        /** Not started, or no answer yet. */
        STARTING,
        /** The chain answers and is processed. */
        UP,
        /** The chain does not answer, or is not the one expected; tried again and again. */
        DOWN,
        /** The chain's history changed below the cursor; stays so until a person decides. */
        HALTED
    }

    /**
     * What was last seen of a chain.
     *
     * @param head the newest block
     * @param finalHeight the newest block with enough confirmations
     * @param chainTime the newest block's own time
     */
    public record View(BlockHeight head, BlockHeight finalHeight, Instant chainTime) {
        /** Takes any heights. */
        public View {
            Objects.requireNonNull(head, "head");
            Objects.requireNonNull(finalHeight, "finalHeight");
            Objects.requireNonNull(chainTime, "chainTime");
        }
    }

    /** Takes any state. */
    public ChainHealth {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(view, "view");
    }

    /** Whether the chain answers and is processed. */
    public boolean isUp() {
        return state == State.UP;
    }
}
