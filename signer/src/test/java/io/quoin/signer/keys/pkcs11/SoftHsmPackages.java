package io.quoin.signer.keys.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds SoftHSM2: installed, or unpacked from Debian's packages into {@code .quoin/softhsm2/<version>} of the clone,
 * which is done once and changes nothing of the system.
 */
final class SoftHsmPackages {
    private static final String MODULE = "libsofthsm2.so";
    private static final String TOOL = "softhsm2-util";
    private static final List<String> PACKAGES = List.of("softhsm2", "libsofthsm2", "softhsm2-common");
    private static final List<Path> INSTALLED = Stream.of("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib")
            .map(Path::of)
            .toList();

    private SoftHsmPackages() {}

    /**
     * Where it lies.
     *
     * @param module the PKCS#11 module
     * @param tool {@code softhsm2-util}
     */
    record Installation(Path module, Path tool) {
        String describe() {
            return module.toString();
        }
    }

    /** Finds or unpacks it; throws {@link IllegalStateException} with the reason if there is none to be had. */
    static Installation find() throws IOException {
        Optional<Installation> installed = installed();
        if (installed.isPresent()) {
            return installed.get();
        }
        String version = candidate();
        Path cache = Path.of(System.getProperty("quoin.home", ".."))
                .toAbsolutePath()
                .normalize()
                .resolve(".quoin/softhsm2")
                .resolve(version.replaceAll("[^A-Za-z0-9.+~-]", "_"));
        if (Files.notExists(cache)) {
            unpack(cache);
        }
        return in(cache).orElseThrow(() -> new IllegalStateException(cache + " has no " + MODULE + "; delete it"));
    }

    private static Optional<Installation> installed() throws IOException {
        Optional<Path> tool = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, TOOL))
                .filter(Files::isExecutable)
                .findFirst();
        if (tool.isEmpty()) {
            return Optional.empty();
        }
        for (Path folder : INSTALLED) {
            Optional<Path> module = Files.isDirectory(folder) ? file(folder, MODULE) : Optional.empty();
            if (module.isPresent()) {
                return Optional.of(new Installation(module.get(), tool.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Installation> in(Path root) throws IOException {
        Optional<Path> module = file(root, MODULE);
        Optional<Path> tool = file(root, TOOL);
        return module.isPresent() && tool.isPresent()
                ? Optional.of(new Installation(module.get(), tool.get()))
                : Optional.empty();
    }

    /** Not deep: distributions have it in lib, lib/softhsm or lib/(platform)/softhsm. */
    private static Optional<Path> file(Path root, String name) throws IOException {
        try (Stream<Path> files = Files.find(
                root, 6, (path, _) -> String.valueOf(path.getFileName()).equals(name))) {
            return files.findFirst();
        }
    }

    /** The version that apt would take. */
    private static String candidate() throws IOException {
        return said(Path.of("."), List.of("apt-cache", "policy", "libsofthsm2"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Candidate: ") && !line.endsWith("(none)"))
                .map(line -> line.substring("Candidate: ".length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("apt knows no libsofthsm2; run: apt-get update"));
    }

    /** Beside its place first, then moved there whole, so that an interrupted or second run finds all or nothing. */
    private static void unpack(Path cache) throws IOException {
        Files.createDirectories(cache.getParent());
        Path draft = Files.createTempDirectory(cache.getParent(), "unpacking");
        List<String> download = new ArrayList<>(List.of("apt-get", "download", "--quiet"));
        download.addAll(PACKAGES);
        said(draft, download);
        try (Stream<Path> packages = Files.list(draft)) {
            for (Path debian :
                    packages.filter(file -> file.toString().endsWith(".deb")).toList()) {
                said(draft, List.of("dpkg", "-x", debian.toString(), draft.toString()));
                Files.delete(debian);
            }
        }
        try {
            Files.move(draft, cache, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | DirectoryNotEmptyException second) {
            System.out.println("another process has unpacked SoftHSM2 already: " + second.getMessage());
        }
    }

    private static String said(Path folder, List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            throw new IllegalStateException(
                    "it is not installed, and there is no " + command.getFirst() + " to fetch Debian's package",
                    missing);
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said.strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return said;
    }
}
