package io.quoin.node.machine;

import io.quoin.node.machine.Platform.Tool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for everything that Quoin needs on a machine. Runs from its source without a build:
 * {@code java Doctor.java}. Changes nothing.
 */
public final class Doctor {
    private static final long GIB = 1L << 30;
    private static final long DISK_BYTES_MIN = 3 * GIB;
    private static final long MEMORY_BYTES_MIN = 3 * GIB;
    private static final int NODE_MAJOR_MIN = 18;
    private static final int HARDHAT_NODE_MAJOR_MIN = 22;
    private static final int HARDHAT_NODE_MINOR_MIN = 13;
    private static final int NPM_MAJOR_MIN = 9;
    private static final int[] MAVEN_MIN = {3, 8, 7};
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

    private final Path home;
    private final Platform platform;
    private final Map<String, String> environment;

    /**
     * Makes a doctor.
     *
     * @param home the folder of the clone
     * @param platform the platform that install commands are for
     * @param environment the environment variables
     */
    public Doctor(Path home, Platform platform, Map<String, String> environment) {
        this.home = home;
        this.platform = platform;
        this.environment = Map.copyOf(environment);
    }

    /** Examines the machine and prints the table; exit status 1 if something needed is missing. */
    @SuppressWarnings("SystemOut") // this entry point runs before anything is built, without the command line
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("quoin.home", ".")).toAbsolutePath();
        List<Check> checks = new Doctor(home, Platform.current(), System.getenv()).examine();
        DoctorReport.lines(checks).forEach(System.out::println);
        System.exit(DoctorReport.healthy(checks) ? 0 : 1);
    }

    /** Looks at everything. Takes about a second, for it starts each program once. */
    public List<Check> examine() {
        return List.of(
                jdk(System.getProperty("java.version", ""), System.getProperty("java.home", "")),
                maven(Programs.ask("mvn", "--version")),
                node(Programs.ask("node", "--version"), nodeOfContracts()),
                npm(Programs.ask("npm", "--version")),
                postgres(),
                disk(home),
                memory(),
                port(8080, "the node's API; another: ./quoin demo --http-port PORT"),
                port(8545, "a local chain; another: ./quoin testnet up --port PORT"),
                docker(
                        Programs.find("docker").isPresent(),
                        Programs.ask("docker", "info", "--format", "{{.ServerVersion}}")));
    }

    Check jdk(String version, String javaHome) {
        return version.startsWith("25")
                ? Check.ok("JDK 25", version + " at " + javaHome)
                : Check.missing("JDK 25", "running on " + version, platform.installCommand(Tool.JDK));
    }

    Check maven(Optional<Programs.Answer> answer) {
        String install = platform.installCommand(Tool.MAVEN);
        if (answer.isEmpty() || answer.get().status() != 0) {
            return Check.missing("Maven", "not found", install);
        }
        String line = answer.get().firstLine();
        return atLeast(line, MAVEN_MIN)
                ? Check.ok("Maven", line)
                : Check.missing("Maven", line + ", and 3.8.7 is the oldest that builds Quoin", install);
    }

    Check node(Optional<Programs.Answer> answer, Optional<String> ofContracts) {
        String install = platform.installCommand(Tool.NODE);
        if (answer.isEmpty() || answer.get().status() != 0) {
            return Check.missing("Node", "not found", install);
        }
        String version = answer.get().firstLine();
        if (!atLeast(version, NODE_MAJOR_MIN)) {
            return Check.missing("Node", version + ", and " + NODE_MAJOR_MIN + " is the oldest that works", install);
        }
        String where = Programs.find("node").map(path -> " at " + path).orElse("");
        return Check.ok("Node", version + where + usedForContracts(version, ofContracts));
    }

    private static String usedForContracts(String version, Optional<String> ofContracts) {
        if (atLeast(version, HARDHAT_NODE_MAJOR_MIN, HARDHAT_NODE_MINOR_MIN)) {
            return "; contracts and chain use it";
        }
        return ofContracts
                .map(own -> "; contracts and chain use their own " + own)
                .orElse("; contracts and chain get their own newer one in the build");
    }

    Check npm(Optional<Programs.Answer> answer) {
        if (answer.isEmpty() || answer.get().status() != 0) {
            return Check.missing("npm", "not found", platform.installCommand(Tool.NODE));
        }
        String version = answer.get().firstLine();
        return atLeast(version, NPM_MAJOR_MIN)
                ? Check.ok("npm", version)
                : Check.missing(
                        "npm",
                        version + ", and " + NPM_MAJOR_MIN + " is the oldest that works",
                        platform.installCommand(Tool.NODE));
    }

    Check postgres() {
        if (!environment.getOrDefault("QUOIN_DB_URL", "").isBlank()) {
            return Check.ok("PostgreSQL", "yours, by QUOIN_DB_URL");
        }
        String resource = platform.postgresResource();
        if (Doctor.class.getResource("/" + resource) != null) {
            return Check.ok("PostgreSQL", "embedded, programs for this platform are in the build");
        }
        if (!Files.isDirectory(home.resolve("node/app/target/lib"))) {
            return Check.note(
                    "PostgreSQL", "embedded; known after the first build", "or set QUOIN_DB_URL to a server of yours");
        }
        return Check.missing(
                "PostgreSQL",
                "the build has no programs for this platform",
                "export QUOIN_DB_URL='jdbc:postgresql://HOST/DATABASE?user=USER&password=PASSWORD'");
    }

    Check disk(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= DISK_BYTES_MIN
                    ? Check.ok("Disk", gibibytes(free) + " free")
                    : Check.missing("Disk", gibibytes(free) + " free, 3 GiB needed", "free space under " + folder);
        } catch (IOException e) {
            return Check.note("Disk", "cannot be measured: " + e.getMessage(), "");
        }
    }

    private static Check memory() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean)) {
            return Check.note("Memory", "cannot be measured", "");
        }
        long total = bean.getTotalMemorySize();
        return total >= MEMORY_BYTES_MIN
                ? Check.ok("Memory", gibibytes(total))
                : Check.note("Memory", gibibytes(total) + ", 3 GiB is comfortable", "close other programs");
    }

    private static Check port(int port, String use) {
        String name = "Port " + port;
        return Ports.isFree(port)
                ? Check.ok(name, "free")
                : Check.note(
                        name, "taken by " + Ports.holder(port).orElse("a process that cannot be seen"), "for " + use);
    }

    Check docker(boolean client, Optional<Programs.Answer> info) {
        String use = "only ./quoin testnet up --docker needs it";
        if (!client) {
            return Check.note("Docker", "not found; " + use, platform.installCommand(Tool.DOCKER));
        }
        boolean engine = info.isPresent() && info.get().status() == 0;
        return engine
                ? Check.ok("Docker", "engine " + info.get().firstLine())
                : Check.note("Docker", "a client, but no engine answers; " + use, "start the Docker engine");
    }

    /** The Node that the contracts' packages bring along, once they are installed. */
    private Optional<String> nodeOfContracts() {
        try (Stream<Path> folders = Files.list(home.resolve("contracts/runtime/node_modules"))) {
            for (Path folder : folders.toList()) {
                Path manifest = folder.resolve("package.json");
                Matcher version = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"")
                        .matcher(Files.exists(manifest) ? Files.readString(manifest) : "");
                if (version.find()) {
                    return Optional.of("v" + version.group(1));
                }
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // not there, or being installed at this moment
        }
    }

    /** Whether the first version number in a text is at least the one given. */
    static boolean atLeast(String text, int... wanted) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.find()) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            String part = matcher.group(i + 1);
            int actual = part == null ? 0 : Integer.parseInt(part);
            if (actual != wanted[i]) {
                return actual > wanted[i];
            }
        }
        return true;
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
