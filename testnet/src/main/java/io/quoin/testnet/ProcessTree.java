package io.quoin.testnet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ends a process with all that it started. */
final class ProcessTree {
    private ProcessTree() {}

    /** Asks the tree to end, waits, and after {@code patience} no longer asks. Returns when all of it has ended. */
    static void end(ProcessHandle root, Duration patience) {
        List<ProcessHandle> tree =
                Stream.concat(root.descendants(), Stream.of(root)).toList();
        tree.forEach(ProcessHandle::destroy);
        if (!allEnd(tree, patience)) {
            tree.forEach(ProcessHandle::destroyForcibly);
            if (!allEnd(tree, patience)) {
                throw new TestnetException("Process %d does not end. Kill it by hand.".formatted(root.pid()));
            }
        }
    }

    private static boolean allEnd(List<ProcessHandle> tree, Duration patience) {
        return CompletableFuture.allOf(tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .handle((_, failure) -> failure == null)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
