package io.quoin.signer.keys;

import io.quoin.signer.evm.Bytes32;
import java.lang.invoke.MethodHandles;

/**
 * Thirty-two bytes that the signing pipeline made from a request it understood; a {@link SigningKey} takes nothing
 * else. Only a class of package {@code io.quoin.signer} can make one, which it shows by its own lookup: short of
 * reflection against this class there is no way to have a bare hash signed. Immutable.
 */
public final class CheckedDigest {
    /** The number of bytes: tokens were seen to sign inputs of any length, so that it is held here. */
    public static final int LENGTH = 32;

    private static final String PIPELINE = "io.quoin.signer";

    private final byte[] bytes;

    private CheckedDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A digest of a checked request.
     *
     * @param caller {@code MethodHandles.lookup()} of the class that checked it
     * @throws IllegalCallerException if that class is not of the pipeline's package
     */
    public static CheckedDigest of(MethodHandles.Lookup caller, Bytes32 digest) {
        return of(caller, digest.bytes());
    }

    /**
     * A digest of a checked request.
     *
     * @param caller {@code MethodHandles.lookup()} of the class that checked it
     * @param digest copied
     * @throws IllegalCallerException if that class is not of the pipeline's package
     * @throws IllegalArgumentException unless there are exactly 32 bytes
     */
    public static CheckedDigest of(MethodHandles.Lookup caller, byte[] digest) {
        Class<?> by = caller.lookupClass();
        if (!caller.hasFullPrivilegeAccess() || !by.getPackageName().equals(PIPELINE)) {
            throw new IllegalCallerException(
                    by.getName() + " may not sign; only the signer's pipeline does, from a typed request");
        }
        if (digest.length != LENGTH) {
            throw new IllegalArgumentException("a digest has 32 bytes, got " + digest.length);
        }
        return new CheckedDigest(digest.clone());
    }

    /** A new array of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
