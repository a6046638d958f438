package io.quoin.signer.keys;

import java.util.Set;

/**
 * Where one private key lives, and what makes bare ECDSA signatures with it. A provider need not normalise, verify or
 * recover anything: {@link SigningKey} does that for all of them. Thread-safe.
 */
public interface KeyProvider extends AutoCloseable {
    /** The key's public part, the same for as long as the provider lives. */
    CompressedPublicKey publicKey();

    /** What the provider signs with; ECDSA at least. */
    Set<KeyCapability> capabilities();

    /** Whether it could sign now; found without signing, and without waiting for long. */
    KeyHealth health();

    /**
     * Signs by plain ECDSA: no hashing, s high or low.
     *
     * @throws KeyException if it cannot; of kind {@code AWAY} if it may later
     */
    EcdsaSignature sign(CheckedDigest digest);

    /**
     * Signs by BIP-340, where {@link #capabilities} has {@link KeyCapability#SCHNORR}.
     *
     * @throws KeyException of kind {@code UNSUPPORTED} where it has not; as {@link #sign} otherwise
     */
    default SchnorrSignature signSchnorr(CheckedDigest digest) {
        throw new KeyException(KeyException.Kind.UNSUPPORTED, describe() + " has no BIP-340 signatures");
    }

    /** A few words for logs and for people: where the key lives, never the key. */
    String describe();

    /** Wipes what it holds in memory and lets go of the token; signing afterwards fails. May be called again. */
    @Override
    void close();
}
