package io.quoin.signer.keys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The calls of libsecp256k1 for BIP-340 (include/secp256k1_extrakeys.h and secp256k1_schnorrsig.h). Thread-safe. */
final class LibSchnorr {
    private static final int KEY_PAIR_BYTES = 96;
    private static final int POINT_BYTES = 64;

    private static final MethodHandle KEY_PAIR =
            LibSecp256k1.bind("secp256k1_keypair_create", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle SIGN =
            LibSecp256k1.bind("secp256k1_schnorrsig_sign32", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle PARSE =
            LibSecp256k1.bind("secp256k1_xonly_pubkey_parse", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle VERIFY =
            LibSecp256k1.bind("secp256k1_schnorrsig_verify", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

    private LibSchnorr() {}

    /** A signature over 32 bytes, or empty when the key is none; the library's copy of the key is overwritten. */
    static Optional<SchnorrSignature> sign(MemorySegment secret, byte[] digest, byte[] auxiliary) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(KEY_PAIR_BYTES);
            MemorySegment made = arena.allocate(SchnorrSignature.LENGTH);
            MemorySegment message = arena.allocateFrom(JAVA_BYTE, digest);
            MemorySegment aux = arena.allocateFrom(JAVA_BYTE, auxiliary);
            try {
                boolean signed = (int) KEY_PAIR.invokeExact(LibSecp256k1.context(), pair, secret) == 1
                        && (int) SIGN.invokeExact(LibSecp256k1.context(), made, message, pair, aux) == 1;
                return signed ? Optional.of(SchnorrSignature.of(made.toArray(JAVA_BYTE))) : Optional.empty();
            } finally {
                pair.fill((byte) 0);
            }
        } catch (Throwable thrown) {
            throw LibSecp256k1.unexpected(thrown);
        }
    }

    /** Whether the signature over a message of any length is that key's; false for what is no key at all. */
    static boolean verify(byte[] message, SchnorrSignature signature, byte[] xOnlyKey) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment point = arena.allocate(POINT_BYTES);
            MemorySegment made = arena.allocateFrom(JAVA_BYTE, signature.bytes());
            MemorySegment key = arena.allocateFrom(JAVA_BYTE, xOnlyKey);
            MemorySegment signed = arena.allocate(Math.max(1, message.length));
            MemorySegment.copy(message, 0, signed, JAVA_BYTE, 0, message.length);
            return (int) PARSE.invokeExact(LibSecp256k1.context(), point, key) == 1
                    && (int) VERIFY.invokeExact(LibSecp256k1.context(), made, signed, (long) message.length, point)
                            == 1;
        } catch (Throwable thrown) {
            throw LibSecp256k1.unexpected(thrown);
        }
    }
}
