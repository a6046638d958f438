package io.quoin.signer.keys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import fr.acinq.secp256k1.Secp256k1;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls into libsecp256k1 as secp256k1-kmp ships it (include/secp256k1.h and secp256k1_recovery.h). Its own JNI methods
 * lack recoverable signing, without which each signature costs one or two recoveries more, and take the private key as
 * an array of the Java heap; the library behind them exports both. Thread-safe.
 */
final class LibSecp256k1 {
    /** Size of {@code secp256k1_pubkey}. */
    static final int POINT_BYTES = 64;

    /** Size of {@code secp256k1_ecdsa_recoverable_signature}. */
    static final int RECOVERABLE_BYTES = 65;

    private static final Logger LOG = LoggerFactory.getLogger(LibSecp256k1.class);
    private static final int CONTEXT_NONE = 1;
    private static final int COMPRESSED = 258;
    private static final int UNCOMPRESSED = 2;
    private static final int SEED_BYTES = 32;

    private LibSecp256k1() {}

    /** Loads the library; its name if that worked and it has all that is called here. */
    static Optional<String> load() {
        try {
            // The loader of secp256k1-kmp unpacks the library for this platform and loads it into the process.
            Secp256k1.get();
            return Optional.of(Calls.NAME);
        } catch (LinkageError | RuntimeException missing) {
            LOG.info("libsecp256k1 does not load here: {}", missing.toString());
            return Optional.empty();
        }
    }

    static boolean isPrivateKey(MemorySegment secret) {
        try {
            return (int) Calls.VERIFY_SECRET.invokeExact(Calls.CONTEXT, secret) == 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static boolean publicKey(MemorySegment point, MemorySegment secret) {
        try {
            return (int) Calls.CREATE_POINT.invokeExact(Calls.CONTEXT, point, secret) == 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static boolean parsePoint(MemorySegment point, MemorySegment serialised) {
        try {
            return (int) Calls.PARSE_POINT.invokeExact(Calls.CONTEXT, point, serialised, serialised.byteSize()) == 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** A point in its form of 33 or 65 bytes. */
    static byte[] serialised(Arena arena, MemorySegment point, int length) {
        MemorySegment out = arena.allocate(length);
        MemorySegment size = arena.allocateFrom(JAVA_LONG, (long) length);
        int form = length == CompressedPublicKey.LENGTH ? COMPRESSED : UNCOMPRESSED;
        try {
            // The result is always 1.
            int always = (int) Calls.SERIALISE_POINT.invokeExact(Calls.CONTEXT, out, size, point, form);
            return Arrays.copyOf(out.toArray(JAVA_BYTE), always * length);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static boolean sign(MemorySegment signature, MemorySegment digest, MemorySegment secret) {
        try {
            return (int) Calls.SIGN.invokeExact(
                            Calls.CONTEXT, signature, digest, secret, MemorySegment.NULL, MemorySegment.NULL)
                    == 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static void serialise(MemorySegment rs, MemorySegment id, MemorySegment signature) {
        try {
            int always = (int) Calls.SERIALISE.invokeExact(Calls.CONTEXT, rs, id, signature);
            if (always != 1) {
                throw new IllegalStateException("libsecp256k1 did not write a signature");
            }
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static boolean parse(MemorySegment signature, MemorySegment rs, int id) {
        try {
            return (int) Calls.PARSE.invokeExact(Calls.CONTEXT, signature, rs, id) == 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static boolean recover(MemorySegment point, MemorySegment signature, MemorySegment digest) {
        try {
            return (int) Calls.RECOVER.invokeExact(Calls.CONTEXT, point, signature, digest) == 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** The context that every call takes. */
    static MemorySegment context() {
        return Calls.CONTEXT;
    }

    /** A function of the loaded library that answers with an int. */
    static MethodHandle bind(String name, MemoryLayout... arguments) {
        return Calls.bind(name, arguments);
    }

    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    /** Bound once, when the library is in the process; constants, so that the calls are compiled to direct ones. */
    @SuppressWarnings("restricted") // native calls; the launcher and the tests enable them
    private static final class Calls {
        static final String NAME = "of secp256k1-kmp";
        static final MethodHandle VERIFY_SECRET = bind("secp256k1_ec_seckey_verify", ADDRESS, ADDRESS);
        static final MethodHandle CREATE_POINT = bind("secp256k1_ec_pubkey_create", ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle PARSE_POINT = bind("secp256k1_ec_pubkey_parse", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
        static final MethodHandle SERIALISE_POINT =
                bind("secp256k1_ec_pubkey_serialize", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        static final MethodHandle SIGN =
                bind("secp256k1_ecdsa_sign_recoverable", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle SERIALISE =
                bind("secp256k1_ecdsa_recoverable_signature_serialize_compact", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle PARSE =
                bind("secp256k1_ecdsa_recoverable_signature_parse_compact", ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        static final MethodHandle RECOVER = bind("secp256k1_ecdsa_recover", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        static final MemorySegment CONTEXT = context();

        private Calls() {}

        private static MethodHandle bind(String name, MemoryLayout... arguments) {
            return Linker.nativeLinker().downcallHandle(symbol(name), FunctionDescriptor.of(JAVA_INT, arguments));
        }

        private static MemorySegment symbol(String name) {
            return SymbolLookup.loaderLookup()
                    .find(name)
                    .orElseThrow(() -> new UnsatisfiedLinkError("the library has no " + name));
        }

        /** Made once and randomised, which blinds the multiplications against side channels; it lives to the end. */
        private static MemorySegment context() {
            byte[] seed = new byte[SEED_BYTES];
            new SecureRandom().nextBytes(seed);
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle create = Linker.nativeLinker()
                        .downcallHandle(symbol("secp256k1_context_create"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
                MemorySegment made = (MemorySegment) create.invokeExact(CONTEXT_NONE);
                MemorySegment random = arena.allocateFrom(JAVA_BYTE, seed);
                int randomised = (int)
                        bind("secp256k1_context_randomize", ADDRESS, ADDRESS).invokeExact(made, random);
                if (randomised != 1) {
                    throw new IllegalStateException("libsecp256k1 did not take a seed");
                }
                return made;
            } catch (Throwable thrown) {
                throw unexpected(thrown);
            } finally {
                Arrays.fill(seed, (byte) 0);
            }
        }
    }
}
