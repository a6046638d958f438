package io.quoin.signer.audit;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One thing that happened. It holds no secret: who puts it together names keys, never shows them.
 *
 * @param at when, by the signer's clock; whole milliseconds
 * @param kind what came of it
 * @param request the request's id, or what an event that is no request is called; up to 200 characters
 * @param key the signing key's name; empty where no key was meant
 * @param tag the rule that refused, or empty
 * @param payload the hash of the bytes that were to be signed; zero where there were none
 * @param summary what was understood of them, in words; up to 4,000 characters
 */
public record AuditFact(
        Instant at, Kind kind, String request, String key, String tag, Bytes32 payload, String summary) {
    private static final int NAME_MAX = 200;
    private static final int SUMMARY_MAX = 4_000;
    private static final Pattern TAG = Pattern.compile("[a-z0-9-]{0,80}");

    /** What came of a request, or what else is worth a row. */
    public enum Kind {
        /** A signature was made. */
        SIGNED,
        /** The signature of an earlier row was given again. */
        REPEATED,
        /** A rule refused. */
        REFUSED,
        /** Approvals are missing. */
        PENDING,
        /** It could not be decided now. */
        RETRY,
        /** The signer started, stopped, or was told another policy. */
        OPERATION
    }

    /** Cuts the moment to milliseconds; refuses texts that are too long, with {@link IllegalArgumentException}. */
    public AuditFact {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(payload, "payload");
        if (request.length() > NAME_MAX || key.length() > NAME_MAX || summary.length() > SUMMARY_MAX) {
            throw new IllegalArgumentException("audit: a request's id and a key's name have up to " + NAME_MAX
                    + " characters, a summary up to " + SUMMARY_MAX);
        }
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("audit: not a tag: " + tag);
        }
    }

    /** The bytes that the chain's hash is over: the same fact gives the same bytes. */
    public byte[] bytes() {
        return Fingerprint.of("quoin-audit-1")
                .field(at.toEpochMilli())
                .field(kind.name())
                .field(request)
                .field(key)
                .field(tag)
                .field(payload)
                .field(summary)
                .bytes();
    }
}
