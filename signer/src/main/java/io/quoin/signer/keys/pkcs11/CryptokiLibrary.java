package io.quoin.signer.keys.pkcs11;

import static io.quoin.signer.keys.pkcs11.CryptokiException.ALREADY_INITIALISED;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.keys.CheckedDigest;
import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.KeyException.Kind;
import io.quoin.signer.keystore.Secret;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A PKCS#11 module in this process, called by foreign functions through its C_GetFunctionList. CK_ULONG is taken as
 * eight bytes and structures as unpacked, as on Linux and macOS of 64 bits. The module is initialised for many threads,
 * once in a process, and never finalised: others may use it too.
 */
@SuppressWarnings("restricted") // native calls; the launcher and the tests enable them
final class CryptokiLibrary implements Cryptoki {
    private static final int FIND_MAX = 10;
    private static final int SIGNATURE_MAX = 256;
    private static final int ATTRIBUTE_MAX = 4096;
    private static final long OS_LOCKING_OK = 1L << 1;
    private static final long RW_SESSION = 1L << 1;
    private static final long SERIAL_SESSION = 1L << 2;
    private static final long USER = 1;
    private static final long EC_KEY_PAIR_GEN = 0x1040;
    private static final long ECDSA = 0x1041;
    private static final int ATTRIBUTE_BYTES = 24;
    private static final int MECHANISM_BYTES = 24;
    private static final int TOKEN_INFO_BYTES = 208;
    private static final int FLAGS_OFFSET = 96;

    private final MethodHandle getSlotList;
    private final MethodHandle getTokenInfo;
    private final MethodHandle openSession;
    private final MethodHandle closeSession;
    private final MethodHandle login;
    private final MethodHandle getAttributeValue;
    private final MethodHandle findObjectsInit;
    private final MethodHandle findObjects;
    private final MethodHandle findObjectsFinal;
    private final MethodHandle signInit;
    private final MethodHandle sign;
    private final MethodHandle generateKeyPair;

    private CryptokiLibrary(MemorySegment functions) {
        // Places in CK_FUNCTION_LIST, which the standard fixes.
        getSlotList = bind(functions, 4, JAVA_BYTE, ADDRESS, ADDRESS);
        getTokenInfo = bind(functions, 6, JAVA_LONG, ADDRESS);
        openSession = bind(functions, 12, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        closeSession = bind(functions, 13, JAVA_LONG);
        login = bind(functions, 18, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        getAttributeValue = bind(functions, 24, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        findObjectsInit = bind(functions, 26, JAVA_LONG, ADDRESS, JAVA_LONG);
        findObjects = bind(functions, 27, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        findObjectsFinal = bind(functions, 28, JAVA_LONG);
        signInit = bind(functions, 42, JAVA_LONG, ADDRESS, JAVA_LONG);
        sign = bind(functions, 43, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        generateKeyPair =
                bind(functions, 59, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    }

    /** Loads and initialises a module; throws {@link KeyException} of kind {@code AWAY} if that fails. */
    static CryptokiLibrary load(Path module) {
        if (!Files.isReadable(module)) {
            throw new KeyException(
                    Kind.AWAY, "there is no PKCS#11 module at " + module + "; install it, or name where it lies");
        }
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(module, Arena.global());
            MemorySegment functions = functionList(symbols);
            initialise(functions);
            return new CryptokiLibrary(functions);
        } catch (IllegalArgumentException | CryptokiException failed) {
            throw new KeyException(
                    Kind.AWAY, "the PKCS#11 module " + module + " does not load: " + failed.getMessage(), failed);
        }
    }

    @Override
    public List<Long> slots() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            // Asked with no list, a module looks for tokens that came or went.
            call("C_GetSlotList", () -> (long) getSlotList.invokeExact((byte) 1, MemorySegment.NULL, count));
            MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, count.get(JAVA_LONG, 0)));
            call("C_GetSlotList", () -> (long) getSlotList.invokeExact((byte) 1, list, count));
            return handles(list, count.get(JAVA_LONG, 0));
        }
    }

    @Override
    public TokenInfo token(long slot) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TOKEN_INFO_BYTES, Long.BYTES);
            call("C_GetTokenInfo", () -> (long) getTokenInfo.invokeExact(slot, info));
            return new TokenInfo(text(info, 0, 32), text(info, 80, 16), info.get(JAVA_LONG, FLAGS_OFFSET));
        }
    }

    @Override
    public long openSession(long slot, boolean writable) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment session = arena.allocate(JAVA_LONG);
            long flags = SERIAL_SESSION | (writable ? RW_SESSION : 0);
            call("C_OpenSession", () ->
                    (long) openSession.invokeExact(slot, flags, MemorySegment.NULL, MemorySegment.NULL, session));
            return session.get(JAVA_LONG, 0);
        }
    }

    @Override
    public void closeSession(long session) {
        call("C_CloseSession", () -> (long) closeSession.invokeExact(session));
    }

    @Override
    public void login(long session, Secret pin) {
        pin.use(bytes -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment text = arena.allocateFrom(JAVA_BYTE, bytes);
                try {
                    call("C_Login", () -> (long) login.invokeExact(session, USER, text, (long) bytes.length));
                } finally {
                    text.fill((byte) 0);
                }
            }
            return pin;
        });
    }

    @Override
    public List<Long> find(long session, List<KeyAttribute> template) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = template(arena, template);
            call("C_FindObjectsInit", () ->
                    (long) findObjectsInit.invokeExact(session, attributes, (long) template.size()));
            try {
                MemorySegment found = arena.allocate(JAVA_LONG, FIND_MAX);
                MemorySegment count = arena.allocate(JAVA_LONG);
                call("C_FindObjects", () -> (long) findObjects.invokeExact(session, found, (long) FIND_MAX, count));
                return handles(found, count.get(JAVA_LONG, 0));
            } finally {
                call("C_FindObjectsFinal", () -> (long) findObjectsFinal.invokeExact(session));
            }
        }
    }

    @Override
    public byte[] attribute(long session, long object, long type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ATTRIBUTE_MAX);
            MemorySegment attribute = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
            attribute.set(JAVA_LONG, 0, type);
            attribute.set(ADDRESS, 8, value);
            attribute.set(JAVA_LONG, 16, ATTRIBUTE_MAX);
            call("C_GetAttributeValue", () -> (long) getAttributeValue.invokeExact(session, object, attribute, 1L));
            return value.asSlice(0, attribute.get(JAVA_LONG, 16)).toArray(JAVA_BYTE);
        }
    }

    @Override
    public void generate(long session, List<KeyAttribute> publicKey, List<KeyAttribute> privateKey) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mechanism = mechanism(arena, EC_KEY_PAIR_GEN);
            MemorySegment ofPublic = template(arena, publicKey);
            MemorySegment ofPrivate = template(arena, privateKey);
            MemorySegment made = arena.allocate(JAVA_LONG, 2);
            call("C_GenerateKeyPair", () -> (long) generateKeyPair.invokeExact(
                    session,
                    mechanism,
                    ofPublic,
                    (long) publicKey.size(),
                    ofPrivate,
                    (long) privateKey.size(),
                    made,
                    made.asSlice(Long.BYTES)));
        }
    }

    @Override
    public byte[] sign(long session, long privateKey, byte[] digest) {
        if (digest.length != CheckedDigest.LENGTH) {
            throw new IllegalArgumentException("a digest has 32 bytes, got " + digest.length);
        }
        return signAnything(session, privateKey, digest);
    }

    /** What the module signs: inputs of any length. Apart from {@link #sign} for the test that shows the trap. */
    byte[] signAnything(long session, long privateKey, byte[] input) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mechanism = mechanism(arena, ECDSA);
            MemorySegment data = arena.allocate(Math.max(1, input.length));
            MemorySegment.copy(input, 0, data, JAVA_BYTE, 0, input.length);
            MemorySegment made = arena.allocate(SIGNATURE_MAX);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, (long) SIGNATURE_MAX);
            call("C_SignInit", () -> (long) signInit.invokeExact(session, mechanism, privateKey));
            call("C_Sign", () -> (long) sign.invokeExact(session, data, (long) input.length, made, length));
            return made.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        }
    }

    private static MemorySegment functionList(SymbolLookup symbols) {
        MemorySegment get = symbols.find("C_GetFunctionList")
                .orElseThrow(() -> new IllegalArgumentException("it has no C_GetFunctionList"));
        MethodHandle handle = Linker.nativeLinker().downcallHandle(get, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            call("C_GetFunctionList", () -> (long) handle.invokeExact(pointer));
            return pointer.get(ADDRESS, 0).reinterpret(Long.BYTES + 68L * Long.BYTES);
        }
    }

    private static void initialise(MemorySegment functions) {
        MethodHandle initialise = bind(functions, 0, ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(48, Long.BYTES);
            arguments.set(JAVA_LONG, 32, OS_LOCKING_OK);
            call("C_Initialize", () -> (long) initialise.invokeExact(arguments));
        } catch (CryptokiException failed) {
            if (failed.answer() != ALREADY_INITIALISED) {
                throw failed;
            }
        }
    }

    private static MethodHandle bind(MemorySegment functions, int place, MemoryLayout... arguments) {
        MemorySegment function = functions.get(ADDRESS, Long.BYTES + (long) place * Long.BYTES);
        return Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    private static MemorySegment mechanism(Arena arena, long type) {
        MemorySegment mechanism = arena.allocate(MECHANISM_BYTES, Long.BYTES);
        mechanism.set(JAVA_LONG, 0, type);
        return mechanism;
    }

    private static MemorySegment template(Arena arena, List<KeyAttribute> template) {
        MemorySegment attributes = arena.allocate((long) ATTRIBUTE_BYTES * template.size(), Long.BYTES);
        for (int i = 0; i < template.size(); i++) {
            byte[] value = template.get(i).value().bytes();
            long offset = (long) i * ATTRIBUTE_BYTES;
            attributes.set(JAVA_LONG, offset, template.get(i).type());
            attributes.set(ADDRESS, offset + 8, arena.allocateFrom(JAVA_BYTE, value));
            attributes.set(JAVA_LONG, offset + 16, value.length);
        }
        return attributes;
    }

    private static List<Long> handles(MemorySegment list, long count) {
        List<Long> handles = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            handles.add(list.getAtIndex(JAVA_LONG, i));
        }
        return List.copyOf(handles);
    }

    private static String text(MemorySegment info, long offset, long length) {
        return new String(info.asSlice(offset, length).toArray(JAVA_BYTE), UTF_8).strip();
    }

    /** A native call. */
    @FunctionalInterface
    private interface Call {
        long answer() throws Throwable;
    }

    private static void call(String name, Call call) {
        long answer;
        try {
            answer = call.answer();
        } catch (Error | RuntimeException known) {
            throw known;
        } catch (Throwable impossible) {
            throw new IllegalStateException(name + " could not be called", impossible);
        }
        if (answer != 0) {
            throw new CryptokiException(name, answer);
        }
    }
}
