package io.quoin.node.api;

import io.quoin.node.refusal.Refusal;
import java.util.Locale;

/**
 * How a refusal looks on the wire.
 *
 * @param code what a program reads
 * @param message what a person reads
 * @param retryable {@code true}, {@code false} or {@code unknown}
 * @param requestId names this request in the node's log
 * @param docs where the code is explained
 */
record ErrorBody(String code, String message, String retryable, String requestId, String docs) {
    static ErrorBody of(Refusal refusal, String requestId) {
        return new ErrorBody(
                refusal.code().name(),
                refusal.message(),
                refusal.code().retryable().name().toLowerCase(Locale.ROOT),
                requestId,
                "docs/errors.md#" + refusal.code().name().toLowerCase(Locale.ROOT));
    }
}
