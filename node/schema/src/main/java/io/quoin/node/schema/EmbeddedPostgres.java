package io.quoin.node.schema;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the node's own, as a child process: durable ({@code fsync} on, checksums on), reachable from
 * this machine only, with a password that was made at random on the first start and lies beside the data.
 *
 * <p>A server that a killed node left behind on the same directory is stopped first. Not thread-safe but for
 * {@link #close}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "quoin";
    private static final String PID_FILE = "data/postmaster.pid";
    /** Where the port stands in the file above, counted from 0. */
    private static final int PORT_LINE = 3;

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration TOOL_LIMIT = Duration.ofMinutes(2);
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Path programs;
    private final Path directory;
    private final DirectoryLock lock;
    private final int port;
    private volatile Process server;
    private volatile boolean closed;
    private final DatabaseAddress address;
    private final Thread shutdownHook;

    private EmbeddedPostgres(
            Path programs, Path directory, DirectoryLock lock, int port, Process server, DatabaseAddress address) {
        this.programs = programs;
        this.directory = directory;
        this.lock = lock;
        this.port = port;
        this.server = server;
        this.address = address;
        this.shutdownHook = new Thread(this::stop, "postgres-stop");
    }

    /** Without the hook the server would outlive a virtual machine that is told to end while it starts. */
    private void endWithThisProcess() throws IOException {
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            stop();
            throw new IOException("this program is ending; no postgres is started", e);
        }
    }

    /**
     * Starts the server, making its data directory if there is none.
     *
     * @param directory holds {@code data}, {@code password} and {@code postgres.log}
     * @param cache where the programs are unpacked, shared between servers
     * @throws IOException if it cannot be started; the message says why and what to do
     */
    public static EmbeddedPostgres start(Path directory, Path cache) throws IOException {
        Path programs = PostgresBinaries.unpackedUnder(cache.toAbsolutePath());
        Path home = Files.createDirectories(directory.toAbsolutePath());
        DirectoryLock lock = DirectoryLock.take(home);
        try {
            return start(programs, home, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres start(Path programs, Path home, DirectoryLock lock) throws IOException {
        String password = password(home);
        if (!Files.exists(home.resolve("data"))) {
            initialise(programs, home);
        }
        stopLeftover(programs, home);
        int port = freePort();
        Process server = launch(programs, home, port);
        var address = address(port, password);
        var postgres = new EmbeddedPostgres(programs, home, lock, port, server, address);
        postgres.endWithThisProcess();
        try {
            awaitConnections(server, address, home);
        } catch (IOException e) {
            postgres.close();
            throw e;
        }
        postgres.watch();
        return postgres;
    }

    /**
     * Finds the server that another process runs on a directory.
     *
     * @return where it listens; empty if no process holds the directory or its server is not up yet
     */
    public static Optional<DatabaseAddress> runningOn(Path directory) throws IOException {
        Path home = directory.toAbsolutePath();
        Path pidFile = home.resolve(PID_FILE);
        if (!DirectoryLock.isHeld(home) || !Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.size() <= PORT_LINE
                ? Optional.empty()
                : Optional.of(address(Integer.parseInt(lines.get(PORT_LINE).strip()), password(home)));
    }

    private static DatabaseAddress address(int port, String password) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
    }

    /** Returns where the server listens and how to log in. */
    public DatabaseAddress address() {
        return address;
    }

    /** Returns the server's process. */
    public ProcessHandle process() {
        return server.toHandle();
    }

    /** Stops the server, waiting until its data is on disk. Safe to call twice and from any thread. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException _) {
            // The virtual machine is on its way down and has run or will run the hook itself.
        }
    }

    /** Starts the server again, on the same port, whenever it ends without having been asked to. */
    private void watch() {
        Process watched = server;
        Thread.ofVirtual().name("postgres-watch").start(() -> restartAfter(watched));
    }

    private void restartAfter(Process ended) {
        try {
            int status = ended.waitFor();
            LOG.debug("postgres ended with status {}", status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        while (!closed) {
            try {
                startAgain(ended);
                return;
            } catch (IOException e) {
                LOG.error("postgres cannot be started again and is tried again: {}", e.getMessage());
                LockSupport.parkNanos(RESTART_NANOS);
            }
        }
    }

    private synchronized void startAgain(Process ended) throws IOException {
        if (closed) {
            return;
        }
        LOG.error("postgres ended by itself with status {}; it is started again", ended.exitValue());
        stopLeftover(programs, directory);
        server = launch(programs, directory, port);
        awaitConnections(server, address, directory);
        watch();
    }

    private synchronized void stop() {
        closed = true;
        try {
            stopServer();
        } finally {
            lock.close();
        }
    }

    private void stopServer() {
        if (!server.isAlive()) {
            return;
        }
        try {
            pgCtlStop(programs, directory);
            if (server.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            LOG.warn("postgres did not stop when asked; it is ended by signal: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.destroyForcibly();
    }

    private static String password(Path home) throws IOException {
        Path file = home.resolve("password");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        // Whole or not at all: a file that a kill left empty would lock everybody out.
        Path fresh = Files.createTempFile(
                home,
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, password + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    private static void initialise(Path programs, Path home) throws IOException {
        Path fresh = Files.createTempDirectory(home, "initdb-");
        run(
                programs,
                home,
                "initdb",
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums");
        Files.move(fresh, home.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void stopLeftover(Path programs, Path home) throws IOException {
        Path pidFile = home.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        // The number may be another process's by now: it must run the programs that were unpacked for us.
        boolean postgres = ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .filter(programs.resolve("bin/postgres").toString()::equals)
                .isPresent();
        if (postgres) {
            LOG.info("stopping the postgres {} that an earlier node left running on {}", pid, home);
            pgCtlStop(programs, home);
        } else {
            Files.deleteIfExists(pidFile);
        }
    }

    private static void pgCtlStop(Path programs, Path home) throws IOException {
        run(programs, home, "pg_ctl", "stop", "--pgdata=" + home.resolve("data"), "--mode=fast", "--wait");
    }

    private static Process launch(Path programs, Path home, int port) throws IOException {
        List<String> command = asAllowedUser(
                programs.resolve("bin/postgres").toString(),
                "-D",
                home.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on");
        File log = home.resolve("postgres.log").toFile();
        return process(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static void awaitConnections(Process server, DatabaseAddress address, Path home) throws IOException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                if (!server.isAlive() || System.nanoTime() > limit || "28P01".equals(e.getSQLState())) {
                    server.destroyForcibly();
                    throw new IOException(
                            "postgres did not start on " + home + " (" + e.getMessage() + "); its own words are in "
                                    + home.resolve("postgres.log"),
                            e);
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void run(Path programs, Path home, String program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(programs.resolve("bin").resolve(program).toString());
        words.addAll(List.of(arguments));
        Path log = home.resolve(program + ".log");
        Process process = process(asAllowedUser(words.toArray(String[]::new)))
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(TOOL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " took longer than " + TOOL_LIMIT.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " failed: " + Files.readString(log).strip());
        }
    }

    /** The node's secrets are none of a child's business. */
    private static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUOIN_"));
        return builder;
    }

    /** PostgreSQL refuses to run as root; a user namespace of its own lets it, on Linux. */
    private static List<String> asAllowedUser(String... command) {
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/unshare"))) {
            words.addAll(List.of("/usr/bin/unshare", "--user"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
