package io.quoin.signer.keys;

import io.quoin.signer.evm.EvmAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Hash;

/**
 * Arithmetic of secp256k1, native or in Java; both give the same bytes for the same input. Signing is not part of what
 * others may call: it needs a {@link SigningKey}. Thread-safe.
 */
public abstract sealed class Curve permits NativeCurve, JavaCurve {
    Curve() {}

    /** libsecp256k1 where it loads, Bouncy Castle elsewhere; chosen once a process, and said in the log then. */
    public static Curve best() {
        return Chosen.CURVE;
    }

    /** Bouncy Castle. */
    public static Curve pureJava() {
        return JavaCurve.INSTANCE;
    }

    /** libsecp256k1, or empty where its library does not load. */
    public static Optional<Curve> ofLibrary() {
        return NativeCurve.load().map(Curve.class::cast);
    }

    /**
     * The public key of a private one.
     *
     * @throws IllegalArgumentException unless it is 32 bytes, from 1 to n-1
     */
    public abstract CompressedPublicKey publicKey(byte[] privateKey);

    /** The key that made the signature over the digest, or empty when none can have. */
    public abstract Optional<CompressedPublicKey> recover(byte[] digest, RecoverableSignature signature);

    /**
     * The uncompressed form, 65 bytes.
     *
     * @throws IllegalArgumentException if the point is not on the curve
     */
    abstract byte[] uncompressed(CompressedPublicKey key);

    /** Keeps a private key for signing, in a copy of its own; out of range is refused as by {@link #publicKey}. */
    abstract HeldKey hold(byte[] privateKey);

    /** What it can sign by. */
    abstract Set<KeyCapability> capabilities();

    /** Whether a signature of BIP-340 is that key's (32 bytes, x alone); only where {@link #capabilities} has it. */
    abstract boolean verifySchnorr(byte[] message, SchnorrSignature signature, byte[] xOnlyKey);

    /** A few words for the log. */
    public abstract String describe();

    /**
     * The EVM account of a key.
     *
     * @throws IllegalArgumentException if the point is not on the curve
     */
    public final EvmAddress address(CompressedPublicKey key) {
        byte[] point = uncompressed(key);
        byte[] hash = Hash.sha3(Arrays.copyOfRange(point, 1, point.length));
        return new EvmAddress("0x" + HexFormat.of().formatHex(hash, 12, 32));
    }

    /** A private key in this process's memory. Thread-safe. */
    interface HeldKey {
        /** A signature with the nonce of RFC 6979 over SHA-256 and a low s; fails once destroyed. */
        EcdsaSignature sign(byte[] digest);

        /** A signature of BIP-340; only where {@link Curve#capabilities} has it; fails once destroyed. */
        SchnorrSignature signSchnorr(byte[] digest, byte[] auxiliary);

        /** Overwrites the key. */
        void destroy();
    }

    private static final class Chosen {
        private static final Logger LOG = LoggerFactory.getLogger(Curve.class);
        static final Curve CURVE = choose();

        private Chosen() {}

        private static Curve choose() {
            Curve curve = ofLibrary().orElse(JavaCurve.INSTANCE);
            LOG.info("secp256k1 by {}", curve.describe());
            return curve;
        }
    }
}
