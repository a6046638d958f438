package io.quoin.signer.keys;

import java.util.Objects;

/** Whether a key can sign now. */
public sealed interface KeyHealth {
    /** It can. */
    record Ready() implements KeyHealth {}

    /**
     * It cannot now, and may again by itself: a session is gone, a token is unplugged.
     *
     * @param reason for a person, with nothing secret in it
     */
    record Away(String reason) implements KeyHealth {
        /** Takes any reason. */
        public Away {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * It will not until a person has looked: the PIN is wrong, a signature was faulty, the key is closed.
     *
     * @param reason for a person, with nothing secret in it
     */
    record Stopped(String reason) implements KeyHealth {
        /** Takes any reason. */
        public Stopped {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
