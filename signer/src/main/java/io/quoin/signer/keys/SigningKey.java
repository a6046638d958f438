package io.quoin.signer.keys;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.keys.KeyException.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One key that signs, wherever it lives. Each signature of its provider is made low in s, given its recovery id and
 * recovered: what does not recover this very key never leaves. A repeated nonce is an alarm. Either stops the key until
 * the process starts anew. Thread-safe.
 */
public final class SigningKey implements AutoCloseable {
    private static final int RECOVERY_IDS = 4;
    private static final String NOT_THIS_KEYS =
            "made a signature that is not this key's; nothing was sent; check its memory and library";

    private final KeyProvider provider;
    private final Curve curve;
    private final CompressedPublicKey publicKey;
    private final EvmAddress address;
    private final Set<KeyCapability> capabilities;
    private final RepeatGuard guard = new RepeatGuard();
    private final AtomicReference<KeyHealth> own = new AtomicReference<>(new KeyHealth.Ready());

    /** A key of that provider, with its signatures checked by that arithmetic. */
    public SigningKey(KeyProvider provider, Curve curve) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.curve = Objects.requireNonNull(curve, "curve");
        this.publicKey = provider.publicKey();
        this.address = curve.address(publicKey);
        this.capabilities = Set.copyOf(EnumSet.copyOf(provider.capabilities()));
    }

    /** The EVM account of the key. */
    public EvmAddress address() {
        return address;
    }

    /** The public key. */
    public CompressedPublicKey publicKey() {
        return publicKey;
    }

    /** What the key signs with. */
    public Set<KeyCapability> capabilities() {
        return capabilities;
    }

    /** Whether the key can sign now. */
    public KeyHealth health() {
        KeyHealth mine = own.get();
        return mine instanceof KeyHealth.Ready ? provider.health() : mine;
    }

    /**
     * Signs what the pipeline checked.
     *
     * @throws KeyException if the key cannot sign; of kind {@code FAULTY}, now and ever after, if what the provider
     *     made was not this key's signature over this digest or repeated the nonce of another
     */
    public RecoverableSignature sign(CheckedDigest digest) {
        checkNotStopped();
        byte[] bytes = digest.bytes();
        EcdsaSignature made = made(digest).lowS();
        byte[] r = Arrays.copyOf(made.bytes(), CheckedDigest.LENGTH);
        checkNonce(r, bytes);
        return recovered(bytes, made).orElseThrow(() -> stopped(NOT_THIS_KEYS));
    }

    /**
     * Signs by BIP-340 what the pipeline checked, for the key's x coordinate alone.
     *
     * @throws KeyException as {@link #sign} does; of kind {@code UNSUPPORTED} without {@link KeyCapability#SCHNORR}
     */
    public SchnorrSignature signSchnorr(CheckedDigest digest) {
        checkNotStopped();
        if (!capabilities.contains(KeyCapability.SCHNORR)) {
            throw new KeyException(Kind.UNSUPPORTED, provider.describe() + " has no BIP-340 signatures, only ECDSA");
        }
        byte[] bytes = digest.bytes();
        SchnorrSignature made = provider.signSchnorr(digest);
        checkNonce(Arrays.copyOf(made.bytes(), CheckedDigest.LENGTH), otherScheme(bytes));
        byte[] xOnly = Arrays.copyOfRange(publicKey.bytes(), 1, CompressedPublicKey.LENGTH);
        if (!curve.verifySchnorr(bytes, made, xOnly)) {
            throw stopped(NOT_THIS_KEYS);
        }
        return made;
    }

    /** The account and where the key lives. */
    @Override
    public String toString() {
        return "SigningKey[" + address + ", " + provider.describe() + "]";
    }

    /** Closes the provider. */
    @Override
    public void close() {
        provider.close();
    }

    private void checkNotStopped() {
        if (own.get() instanceof KeyHealth.Stopped stopped) {
            throw new KeyException(Kind.FAULTY, stopped.reason());
        }
    }

    private void checkNonce(byte[] r, byte[] digest) {
        if (guard.isRepeat(r, digest)) {
            throw stopped("repeated the nonce of another signature, which gives the key away to whoever has both; "
                    + "move what the key controls to a new one");
        }
    }

    /** One nonce in both schemes gives the key away even over one digest, so that the guard is to see two. */
    private static byte[] otherScheme(byte[] digest) {
        byte[] complement = new byte[digest.length];
        for (int i = 0; i < digest.length; i++) {
            complement[i] = (byte) ~digest[i];
        }
        return complement;
    }

    private EcdsaSignature made(CheckedDigest digest) {
        try {
            return provider.sign(digest);
        } catch (IllegalArgumentException malformed) {
            throw stopped("made what is no signature at all: " + malformed.getMessage());
        }
    }

    private Optional<RecoverableSignature> recovered(byte[] digest, EcdsaSignature low) {
        OptionalInt claimed = low.recoveryId();
        int first = claimed.orElse(0);
        int end = claimed.isPresent() ? first + 1 : RECOVERY_IDS;
        for (int id = first; id < end; id++) {
            RecoverableSignature candidate = new RecoverableSignature(low, id);
            if (curve.recover(digest, candidate).equals(Optional.of(publicKey))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private KeyException stopped(String what) {
        String reason = "key of " + address + " is stopped: " + provider.describe() + " " + what;
        own.set(new KeyHealth.Stopped(reason));
        return new KeyException(Kind.FAULTY, reason);
    }
}
