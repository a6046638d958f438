package io.quoin.signer.keys.pkcs11;

import io.quoin.signer.keys.KeyException.Kind;
import java.time.Instant;

/** How a key stands with its token. */
sealed interface TokenConnection {
    /**
     * Logged in.
     *
     * @param number counts connections, so that sessions of an earlier one are told apart
     * @param slot the token's slot
     * @param privateKey the key's handle, good for this connection only
     */
    record Connected(long number, long slot, long privateKey) implements TokenConnection {}

    /**
     * Not reachable.
     *
     * @param reason for a person
     * @param retryAt not before this time is another connection tried
     */
    record Lost(String reason, Instant retryAt) implements TokenConnection {}

    /**
     * Given up, until the process starts anew.
     *
     * @param kind what it is reported as
     * @param reason for a person
     */
    record Ended(Kind kind, String reason) implements TokenConnection {}
}
