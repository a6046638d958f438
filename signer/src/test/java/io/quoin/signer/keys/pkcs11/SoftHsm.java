package io.quoin.signer.keys.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.keystore.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real SoftHSM2 with one token, in a folder that goes when the process does. One for a process: the module
 * reads its configuration once.
 */
public final class SoftHsm {
    /** The user's PIN of each token. */
    public static final String PIN = "20481024";

    private static final String SECURITY_OFFICER_PIN = "10242048";

    private static final String TOKEN = "quoin test";

    private static final AtomicInteger KEYS = new AtomicInteger();

    private final SoftHsmPackages.Installation installation;
    private final Path folder;

    private SoftHsm(SoftHsmPackages.Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
    }

    /** The one of this process; a test that asks is skipped, in words, where there is none to be had. */
    public static SoftHsm orSkip() {
        return switch (Holder.FOUND) {
            case Found found -> found.softHsm();
            case Missing missing -> {
                // Where the tests are the proof, a missing token must not look like a passed test.
                if (System.getenv("QUOIN_REQUIRE_SOFTHSM") != null) {
                    throw new IllegalStateException("QUOIN_REQUIRE_SOFTHSM is set, and " + missing.reason());
                }
                Assumptions.abort("skipped, no SoftHSM2: " + missing.reason());
                throw new IllegalStateException(missing.reason());
            }
        };
    }

    /** The one of this process, or empty where there is none to be had. */
    public static Optional<SoftHsm> find() {
        return Holder.FOUND instanceof Found found ? Optional.of(found.softHsm()) : Optional.empty();
    }

    /** The module. */
    public Path module() {
        return installation.module();
    }

    /** What was found, and where. */
    public String describe() {
        return installation.describe();
    }

    /** Where a key of a new label would lie. */
    public TokenLocation newLocation() {
        return key(TOKEN, "key-" + KEYS.incrementAndGet());
    }

    /** Where a key of that label would lie in that token. */
    public TokenLocation key(String token, String label) {
        return new TokenLocation(module(), token, label);
    }

    /** Makes a key of a new label. */
    public TokenLocation newKey() {
        TokenLocation where = newLocation();
        TokenKey.generate(where, pin());
        return where;
    }

    /** The PIN. */
    public static Secret pin() {
        return Secret.ofText(PIN);
    }

    /**
     * Moves the token's files away, as if it were unplugged; the result puts them back. SoftHSM2 sees a token that
     * comes back only when it is initialised anew, which ends all sessions of the process.
     */
    @SuppressWarnings("restricted")
    Runnable unplug() {
        Path tokens = folder.resolve("tokens");
        Path away = folder.resolve("away");
        move(tokens, away);
        create(tokens);
        return () -> {
            deleteTree(tokens);
            move(away, tokens);
            SymbolLookup symbols = SymbolLookup.libraryLookup(module(), Arena.global());
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment arguments = arena.allocate(48, Long.BYTES);
                arguments.set(ValueLayout.JAVA_LONG, 32, 2L); // CKF_OS_LOCKING_OK
                call(symbols, "C_Finalize", MemorySegment.NULL);
                call(symbols, "C_Initialize", arguments);
            }
        };
    }

    @SuppressWarnings("restricted")
    private static void call(SymbolLookup symbols, String name, MemorySegment argument) {
        MethodHandle function = Linker.nativeLinker()
                .downcallHandle(
                        symbols.find(name).orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try {
            long answer = (long) function.invokeExact(argument);
            if (answer != 0) {
                throw new IllegalStateException(name + " answered " + answer);
            }
        } catch (Error | RuntimeException known) {
            throw known;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void makeToken() {
        List<String> command = List.of(
                installation.tool().toString(),
                "--module",
                module().toString(),
                "--init-token",
                "--free",
                "--label",
                TOKEN,
                "--so-pin",
                SECURITY_OFFICER_PIN,
                "--pin",
                PIN);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        builder.environment().put("LD_LIBRARY_PATH", String.valueOf(module().getParent()));
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("softhsm2-util failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SoftHsm start(SoftHsmPackages.Installation installation) throws IOException {
        Path folder = Files.createTempDirectory("quoin-softhsm");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteTree(folder), "softhsm-cleanup"));
        Path tokens = create(folder.resolve("tokens"));
        Path configuration = folder.resolve("softhsm2.conf");
        Files.writeString(
                configuration,
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        setEnvironment("SOFTHSM2_CONF", configuration.toString());
        SoftHsm softHsm = new SoftHsm(installation, folder);
        softHsm.makeToken(); // now: the module sees no token that another process makes after it was initialised
        return softHsm;
    }

    /** The module reads the process's environment, of which Java's is a copy. */
    @SuppressWarnings("restricted")
    private static void setEnvironment(String name, String value) {
        Linker linker = Linker.nativeLinker();
        MethodHandle set = linker.downcallHandle(
                linker.defaultLookup().find("setenv").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int status = (int) set.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (status != 0) {
                throw new IllegalStateException("setenv failed");
            }
        } catch (Error | RuntimeException known) {
            throw known;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private sealed interface Search {}

    private record Found(SoftHsm softHsm) implements Search {}

    private record Missing(String reason) implements Search {}

    private static final class Holder {
        static final Search FOUND = search();

        private Holder() {}

        private static Search search() {
            try {
                Found found = new Found(start(SoftHsmPackages.find()));
                System.out.println("SoftHSM2: " + found.softHsm().describe());
                return found;
            } catch (IOException | IllegalStateException failed) {
                return new Missing(String.valueOf(failed.getMessage()));
            }
        }
    }
}
