package io.quoin.chain.evm;

import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.CursorStore;
import io.quoin.signer.caip.ChainId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The only way to the cursor store: one commit at a time, the cursor never going back. A batch whose commit failed may
 * yet have been applied; until its retry has told, no other batch is brought. Thread-safe.
 */
final class BatchCommitter {
    private final CursorStore store;
    private final ChainId chain;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ChainBatch unresolved;
    private boolean loaded;
    private volatile @Nullable ChainCursor cursor;

    BatchCommitter(CursorStore store, ChainId chain) {
        this.store = store;
        this.chain = chain;
    }

    /** The cursor, from the store at first; what the store throws passes through. */
    Optional<ChainCursor> load() {
        lock.lock();
        try {
            if (!loaded) {
                cursor = store.load(chain).orElse(null);
                loaded = true;
            }
            return Optional.ofNullable(cursor);
        } finally {
            lock.unlock();
        }
    }

    /** The cursor as last loaded or committed, without asking the store. */
    Optional<ChainCursor> known() {
        return Optional.ofNullable(cursor);
    }

    /** Brings again the batch that could not be committed, if there is one. */
    void retry() {
        lock.lock();
        try {
            if (unresolved != null) {
                advance(unresolved);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Commits the next batch; when the store throws, the batch is kept for {@link #retry}. */
    void advance(ChainBatch batch) {
        lock.lock();
        try {
            if (unresolved != null && !unresolved.equals(batch)) {
                throw new IllegalStateException("another batch waits to be committed again");
            }
            unresolved = batch;
            store.commit(batch);
            unresolved = null;
            cursor = batch.to();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends an action that was never sent, at the current cursor. Returns false when that cannot be now: there is no
     * cursor yet, or a batch waits to be committed again.
     */
    boolean end(ChainEvent.ActionFailed failed) {
        lock.lock();
        try {
            ChainCursor current = cursor;
            if (current == null || unresolved != null) {
                return false;
            }
            store.commit(new ChainBatch(current, List.of(failed)));
            return true;
        } finally {
            lock.unlock();
        }
    }
}
