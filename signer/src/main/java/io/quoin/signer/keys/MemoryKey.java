package io.quoin.signer.keys;

import io.quoin.signer.keys.KeyException.Kind;
import java.util.Set;

/** A key in this process's memory. Thread-safe. */
public final class MemoryKey implements KeyProvider {
    private final Curve.HeldKey key;
    private final CompressedPublicKey publicKey;
    private final Set<KeyCapability> capabilities;
    private final String description;
    private volatile boolean closed;

    private MemoryKey(Curve curve, byte[] privateKey) {
        this.publicKey = curve.publicKey(privateKey);
        this.key = curve.hold(privateKey);
        this.capabilities = curve.capabilities();
        this.description = "memory, " + curve.describe();
    }

    /**
     * A key that signs by that arithmetic and is checked by it.
     *
     * @param privateKey 32 bytes, from 1 to n-1, copied; wiping the given array is the caller's affair
     * @throws IllegalArgumentException if it is out of range
     */
    public static SigningKey of(byte[] privateKey, Curve curve) {
        return new SigningKey(unchecked(privateKey, curve), curve);
    }

    /** The provider alone: what it signs is checked by the {@link SigningKey} that it is given to. */
    public static MemoryKey unchecked(byte[] privateKey, Curve curve) {
        return new MemoryKey(curve, privateKey);
    }

    @Override
    public CompressedPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Set<KeyCapability> capabilities() {
        return capabilities;
    }

    @Override
    public KeyHealth health() {
        return closed ? new KeyHealth.Stopped("the key was closed") : new KeyHealth.Ready();
    }

    @Override
    public EcdsaSignature sign(CheckedDigest digest) {
        checkOpen();
        return key.sign(digest.bytes());
    }

    /**
     * The auxiliary bytes of BIP-340 are zeros: the same request gives the same signature, and what they would guard
     * against, faults while signing, is guarded against by the check of every signature.
     */
    @Override
    public SchnorrSignature signSchnorr(CheckedDigest digest) {
        checkOpen();
        return key.signSchnorr(digest.bytes(), new byte[CheckedDigest.LENGTH]);
    }

    private void checkOpen() {
        if (closed) {
            throw new KeyException(Kind.CLOSED, "the key was closed; open it again to sign");
        }
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            key.destroy();
        }
    }
}
