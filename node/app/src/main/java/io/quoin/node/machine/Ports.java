package io.quoin.node.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** TCP ports of this machine. Stateless; safe to call from any thread. */
public final class Ports {
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENING = "0A";

    private Ports() {}

    /** Returns whether a server could listen on a port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException _) {
            return false; // somebody has it, which is the answer
        }
    }

    /** Returns a port that nobody has at this moment. */
    public static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns who listens on a port, as {@code process 123 (/usr/bin/x)}, where that can be seen. */
    public static Optional<String> holder(int port) {
        try {
            Optional<Long> pid = Files.isDirectory(Path.of("/proc/net")) ? holderInProc(port) : holderByLsof(port);
            return pid.map(Ports::describe);
        } catch (IOException _) {
            return Optional.empty(); // not ours to see
        }
    }

    private static String describe(long pid) {
        String command = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(path -> " (" + path + ")")
                .orElse("");
        return "process " + pid + command;
    }

    private static Optional<Long> holderByLsof(int port) {
        return Programs.ask("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                .filter(answer -> answer.status() == 0)
                .map(Programs.Answer::firstLine)
                .filter(line -> line.matches("[0-9]+"))
                .map(Long::valueOf);
    }

    private static Optional<Long> holderInProc(int port) throws IOException {
        Set<String> sockets = new java.util.HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.isReadable(Path.of(table))) {
                sockets.addAll(listeningInodes(Files.readAllLines(Path.of(table)), port));
            }
        }
        Set<String> links =
                sockets.stream().map(inode -> "socket:[" + inode + "]").collect(Collectors.toSet());
        if (links.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holdsAny(process.resolve("fd"), links)) {
                    return Optional.of(Long.valueOf(process.toFile().getName()));
                }
            }
        }
        return Optional.empty();
    }

    /** The inodes of the listening sockets of a port, out of the lines of {@code /proc/net/tcp}. */
    static Set<String> listeningInodes(List<String> lines, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > INODE)
                .filter(words -> words[LOCAL_ADDRESS].endsWith(suffix) && words[STATE].equals(LISTENING))
                .map(words -> words[INODE])
                .collect(Collectors.toSet());
    }

    private static boolean holdsAny(Path descriptors, Set<String> links) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
            for (Path file : files) {
                if (links.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException _) {
            return false; // another user's process, or one that just ended
        }
        return false;
    }
}
