package io.quoin.node.store.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets many threads share one commit: what arrives while a commit is under way makes up the next one. One thread of its own
 * commits. Thread-safe.
 *
 * @param <T> what is committed
 * @param <R> what comes of it
 */
final class GroupCommit<T, R> implements AutoCloseable {
    private static final int WAITING_MAX = 10_000;
    /** How soon the committing thread notices that it is over. */
    private static final long LOOK_MILLIS = 50;

    private final int groupMax;
    private final Function<List<T>, List<R>> commit;
    private final BlockingQueue<Waiting<T, R>> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private volatile boolean closed;

    private record Waiting<T, R>(T item, CompletableFuture<R> reply) {}

    /**
     * Starts.
     *
     * @param groupMax how many may share a commit
     * @param commit commits a group, and returns a reply to each in their order; what it throws, all of the group get
     */
    GroupCommit(String name, int groupMax, Function<List<T>, List<R>> commit) {
        this.groupMax = groupMax;
        this.commit = commit;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Waits for the commit that has the item; throws what that threw, or {@link IllegalStateException} once closed. */
    R submit(T item) {
        var entry = new Waiting<T, R>(item, new CompletableFuture<>());
        try {
            waiting.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a commit; nothing was written", e);
        }
        if (closed && waiting.remove(entry)) {
            throw closed();
        }
        try {
            return entry.reply().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        closed = true; // no interrupt: it would close the files that a commit under way is writing
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        failAll();
    }

    private void run() {
        List<Waiting<T, R>> group = new ArrayList<>();
        while (!closed) {
            group.clear();
            try {
                Waiting<T, R> first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                group.add(first);
            } catch (InterruptedException _) {
                continue; // nobody has a reason to interrupt it
            }
            waiting.drainTo(group, groupMax - 1);
            commit(group);
        }
        failAll();
    }

    private void commit(List<Waiting<T, R>> group) {
        try {
            List<R> replies = commit.apply(group.stream().map(Waiting::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).reply().complete(replies.get(i));
            }
        } catch (RuntimeException | Error e) {
            group.forEach(entry -> entry.reply().completeExceptionally(e));
        }
    }

    private void failAll() {
        List<Waiting<T, R>> rest = new ArrayList<>();
        waiting.drainTo(rest);
        rest.forEach(entry -> entry.reply().completeExceptionally(closed()));
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("closed; nothing was written");
    }
}
