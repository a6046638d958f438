package io.quoin.signer.journal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;

/**
 * How much of an asset may be signed away within any stretch of time of one length.
 *
 * @param scope whether each key has this much, or all keys together
 * @param asset the asset, as CAIP-19
 * @param window the length, whole seconds from 1
 * @param most base units, from 0
 */
public record ValueLimit(Scope scope, String asset, Duration window, BigInteger most) {
    /** Whose signatures are added up. */
    public enum Scope {
        /** Each key's own. */
        KEY,
        /** Those of all keys. */
        GLOBAL
    }

    /** Refuses an empty window and a negative limit, with {@link IllegalArgumentException}. */
    public ValueLimit {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(asset, "asset");
        if (window.toSeconds() < 1 || most.signum() < 0) {
            throw new IllegalArgumentException(
                    "value limit: a window of at least 1 s and a limit from 0 are needed, not " + window + " and "
                            + most);
        }
    }
}
