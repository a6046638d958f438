package io.quoin.signer.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read; modes are set and checked where the file system knows them (POSIX). */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Writes a new file whole or not at all: a temporary neighbour is written and forced to disk, then linked to the
     * name, which fails when the name is taken. Missing directories are made with mode 0700.
     */
    static void create(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("no directory to write to: " + file);
        }
        Files.createDirectories(directory, modes(directory, OWNER_ONLY_DIRECTORY));
        Path draft = Files.createTempFile(directory, ".key", ".tmp", modes(directory, OWNER_ONLY_FILE));
        try {
            writeAndForce(draft, content);
            publish(draft, file, Files::createLink);
        } finally {
            Files.deleteIfExists(draft);
        }
        forceDirectory(directory);
    }

    /** Whether the file's mode lets others than the owner read or write it; false where there are no modes. */
    static boolean isExposed(Path file) throws IOException {
        if (!hasModes(file)) {
            return false;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Set.of(
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE));
        others.retainAll(Files.getPosixFilePermissions(file));
        return !others.isEmpty();
    }

    private static void writeAndForce(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Gives an existing file a further name, as {@link Files#createLink} does. */
    @FunctionalInterface
    interface Linking {
        /** Fails with {@link FileAlreadyExistsException} when the name is taken. */
        void link(Path name, Path existing) throws IOException;
    }

    /**
     * A hard link refuses a taken name in one step; where there are no links, a plain move checks it first. A file
     * system without them says so in either way: not supported, or (FAT, some network shares) not permitted.
     */
    static void publish(Path draft, Path file, Linking linking) throws IOException {
        try {
            linking.link(file, draft);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(draft, file);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        if (!hasModes(directory)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] modes(Path directory, Set<PosixFilePermission> modes) throws IOException {
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return hasModes(existing)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(modes)}
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
