package io.quoin.signer.keys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.quoin.signer.keys.KeyException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Set;

/**
 * secp256k1 by libsecp256k1. Held keys lie outside of the Java heap, where no collector copies them, and are
 * overwritten when destroyed. Thread-safe: the library's context is not written to after it is made.
 */
final class NativeCurve extends Curve {
    private static final int WORD = 32;

    private final String version;

    private NativeCurve(String version) {
        this.version = version;
    }

    /** The library, or empty where it does not load. */
    static Optional<NativeCurve> load() {
        return LibSecp256k1.load().map(NativeCurve::new);
    }

    @Override
    public CompressedPublicKey publicKey(byte[] privateKey) {
        checkLength(privateKey);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = copy(arena, privateKey);
            try {
                MemorySegment point = arena.allocate(LibSecp256k1.POINT_BYTES);
                if (!LibSecp256k1.publicKey(point, secret)) {
                    throw new IllegalArgumentException("not a secp256k1 private key of 32 bytes");
                }
                return CompressedPublicKey.of(LibSecp256k1.serialised(arena, point, CompressedPublicKey.LENGTH));
            } finally {
                secret.fill((byte) 0);
            }
        }
    }

    @Override
    public Optional<CompressedPublicKey> recover(byte[] digest, RecoverableSignature signature) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parsed = arena.allocate(LibSecp256k1.RECOVERABLE_BYTES);
            MemorySegment point = arena.allocate(LibSecp256k1.POINT_BYTES);
            boolean recovered = LibSecp256k1.parse(parsed, copy(arena, signature.bytes()), signature.recoveryId())
                    && LibSecp256k1.recover(point, parsed, copy(arena, digest));
            return recovered
                    ? Optional.of(
                            CompressedPublicKey.of(LibSecp256k1.serialised(arena, point, CompressedPublicKey.LENGTH)))
                    : Optional.empty();
        }
    }

    @Override
    byte[] uncompressed(CompressedPublicKey key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment point = arena.allocate(LibSecp256k1.POINT_BYTES);
            if (!LibSecp256k1.parsePoint(point, copy(arena, key.bytes()))) {
                throw new IllegalArgumentException("no point of secp256k1: " + key);
            }
            return LibSecp256k1.serialised(arena, point, 65);
        }
    }

    @Override
    HeldKey hold(byte[] privateKey) {
        checkLength(privateKey);
        Held held = new Held(privateKey);
        if (!LibSecp256k1.isPrivateKey(held.secret)) {
            held.destroy();
            throw new IllegalArgumentException("not a secp256k1 private key of 32 bytes");
        }
        return held;
    }

    @Override
    Set<KeyCapability> capabilities() {
        return Set.of(KeyCapability.ECDSA, KeyCapability.SCHNORR);
    }

    @Override
    boolean verifySchnorr(byte[] message, SchnorrSignature signature, byte[] xOnlyKey) {
        return LibSchnorr.verify(message, signature, xOnlyKey);
    }

    @Override
    public String describe() {
        return "libsecp256k1 (native, " + version + ")";
    }

    private static void checkLength(byte[] privateKey) {
        if (privateKey.length != WORD) {
            throw new IllegalArgumentException("not a secp256k1 private key of 32 bytes");
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocateFrom(JAVA_BYTE, bytes);
    }

    private static final class Held implements HeldKey {
        private final MemorySegment secret;

        Held(byte[] privateKey) {
            this.secret = copy(Arena.ofAuto(), privateKey);
        }

        @Override
        public EcdsaSignature sign(byte[] digest) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment made = arena.allocate(LibSecp256k1.RECOVERABLE_BYTES);
                boolean signed = LibSecp256k1.sign(made, copy(arena, digest), secret);
                if (!signed) {
                    throw new KeyException(Kind.FAULTY, "libsecp256k1 found no nonce, which a sound one always does");
                }
                MemorySegment rs = arena.allocate(EcdsaSignature.LENGTH);
                MemorySegment id = arena.allocate(ValueLayout.JAVA_INT);
                LibSecp256k1.serialise(rs, id, made);
                return EcdsaSignature.of(rs.toArray(JAVA_BYTE), id.get(ValueLayout.JAVA_INT, 0));
            }
        }

        @Override
        public SchnorrSignature signSchnorr(byte[] digest, byte[] auxiliary) {
            return LibSchnorr.sign(secret, digest, auxiliary)
                    .orElseThrow(() -> new KeyException(Kind.FAULTY, "libsecp256k1 did not sign with a sound key"));
        }

        @Override
        public void destroy() {
            secret.fill((byte) 0);
        }
    }
}
