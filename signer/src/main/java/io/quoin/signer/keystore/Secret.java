package io.quoin.signer.keystore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Function;
import javax.security.auth.Destroyable;

/**
 * A password or private key that never shows itself: {@code toString} is three stars, equality is identity, and
 * {@link #destroy} wipes it. Thread-safe.
 */
public final class Secret implements Destroyable {
    private final byte[] bytes;
    private boolean destroyed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret with a copy of those bytes; wiping the given array is the caller's affair. */
    public static Secret ofBytes(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** A secret text, as UTF-8. */
    public static Secret ofText(String text) {
        return new Secret(text.getBytes(UTF_8));
    }

    /**
     * Lends a copy of the bytes to {@code use} and wipes the copy afterwards; what {@code use} returns is returned.
     * Throws {@link IllegalStateException} when the secret is destroyed.
     */
    public <T> T use(Function<byte[], T> use) {
        byte[] lent = copy();
        try {
            return use.apply(lent);
        } finally {
            Arrays.fill(lent, (byte) 0);
        }
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Overwrites the bytes; later use throws {@link IllegalStateException}. */
    @Override
    public synchronized void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    /** Three stars. */
    @Override
    public String toString() {
        return "***";
    }

    private synchronized byte[] copy() {
        if (destroyed) {
            throw new IllegalStateException("the secret was destroyed");
        }
        return bytes.clone();
    }
}
